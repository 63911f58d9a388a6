"""A real Chromium for the browser tests: found, or installed. `python -m tests.browser.chromium` makes sure there is one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

ARGUMENTS = (
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-gpu-compositing",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)  # fmt: skip
"""No sandbox, so that it starts as root; no requests of its own; WebGL in software, so that maps are drawn without a GPU, and only
the maps, which spares a fifth of the processor's time. No other machine has an address: to stop requests one by one would switch the
browser's cache off."""


def system_chromium() -> str | None:
    """The system's Chromium, if it has one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _playwright_has_its_own() -> bool:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def _apt_can_install() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install() -> None:
    if _apt_can_install():
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "chromium"], check=True, env=quiet, stdout=subprocess.DEVNULL
        )
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def _starts() -> bool:
    try:
        with sync_playwright() as playwright:
            playwright.chromium.launch(executable_path=system_chromium(), args=list(ARGUMENTS)).close()
    except Error as error:
        print(error, file=sys.stderr)
        return False
    return True


def main() -> int:
    """Install a Chromium unless there is one, and start it once."""
    if not system_chromium() and not _playwright_has_its_own():
        _install()
    if _starts():
        return 0
    print(
        "No Chromium starts on this machine. Install one (on Debian: sudo apt install chromium) and try again.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
