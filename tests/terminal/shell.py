"""A shell of one job: puts a program in the terminal's foreground, and back there on SIGUSR1.

It takes the terminal back when the job stops or ends, as a shell does, but never mends its modes;
so what the program leaves behind can be seen.
"""

import contextlib
import fcntl
import os
import signal
import sys
import termios


def main(command: list[str]) -> int:
    """Run the job to its end; returns its exit status, negative where a signal ended it."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    job = os.fork()
    if job == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        for usual in (signal.SIGTTOU, signal.SIGHUP, signal.SIGTSTP):
            signal.signal(usual, signal.SIG_DFL)
        os.execv(command[0], command)  # noqa: S606 - it is the shell

    def resume(_number: int, _frame: object) -> None:
        os.tcsetpgrp(0, job)
        os.killpg(job, signal.SIGCONT)

    signal.signal(signal.SIGUSR1, resume)
    # The system tells the shell alone that the terminal is gone; a shell passes it on.
    signal.signal(signal.SIGHUP, lambda _number, _frame: os.killpg(job, signal.SIGHUP))
    while True:
        _, status = os.waitpid(job, os.WUNTRACED)
        with contextlib.suppress(OSError):  # the terminal may be gone
            os.tcsetpgrp(0, os.getpgrp())
        if not os.WIFSTOPPED(status):
            return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) & 0xFF)
