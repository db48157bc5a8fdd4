"""Over real sockets: the app on a free port, real WebSockets, real HTTP."""
