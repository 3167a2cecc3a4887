"""The command line, one module per part of the office's work; each adds its commands to the parser."""
