"""How the interpreter is set for a program that starts often and then stands for hours."""

import gc
import os


def begin() -> None:
    """Set what must be set before numpy is imported, and collect no garbage while modules load.

    Nothing here multiplies matrices, so the threads and buffers that OpenBLAS makes when it is
    loaded would only cost time and memory. Loading makes objects that stay: looking through them
    for garbage finds none. `settle` has to follow.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()


def settle() -> None:
    """Collect garbage again, but never look through what was loaded.

    A full collection would otherwise visit every object of every module: tens of milliseconds in
    which no key is answered.
    """
    gc.freeze()
    gc.enable()
