"""The reference tables that ship with the program, and their reader."""
