"""The language server, the command line and the reports: what people see of the analysis."""
