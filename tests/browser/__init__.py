"""The browser app, driven as people drive it: a real server, a real Chromium."""
