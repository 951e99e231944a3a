printf '[{"directory": "%s", "file": "lib.c", "command": "cc -fshort-enums -c lib.c"}]\n' "$PWD" > compile_commands.json
