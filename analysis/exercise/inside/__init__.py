"""What runs inside the sandbox, in the interpreter that the extension is built for: the standard library only."""
