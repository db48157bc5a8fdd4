"""The `plenary` command, one module per subcommand."""
