from gnomon.server.cli import main

main()
