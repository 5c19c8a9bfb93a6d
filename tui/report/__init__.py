"""Plain results for people and machines: the same objects feed the screen and every export."""
