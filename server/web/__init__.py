"""The shell: routes, sockets, sign-in and guards. Owns no rule; it brings text to the floors below and back."""
