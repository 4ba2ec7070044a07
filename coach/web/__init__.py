"""The web door: pages for people, an API for programs, and what keeps both safe."""
