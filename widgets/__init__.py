"""Pure views: widgets that declare what they read and know neither the market nor the app."""
