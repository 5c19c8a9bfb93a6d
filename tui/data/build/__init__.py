"""Scripts that build the reference tables from a folder of gathered facts.

``python -m tui.data.build FACTS_DIR [OUT_DIR]`` writes every table anew. The same facts give the
same bytes.
"""
