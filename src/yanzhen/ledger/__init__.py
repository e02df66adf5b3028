"""Facts: append-only, sealed, the only history there is; and the wrapper that every act runs in."""
