"""An invented audience for any programme: its people, what they did, and the exports that platforms would write."""
