"""Opens pages in a real browser and looks at them."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_core_python.selenium import Axe
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from support import REPOSITORY

PICTURES = REPOSITORY / ".build" / "pictures"
"""Where screenshots go, for whoever wants to look at them."""

WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")

OVERFLOWING = """
const out = [];
const scrolls = e => { for (; e && e !== document.body; e = e.parentElement)
    if (['auto', 'scroll'].includes(getComputedStyle(e).overflowX)) return true; };
for (const e of document.body.querySelectorAll('*')) {
    const box = e.getBoundingClientRect();
    if (box.width && !e.closest('.skip') && (box.right > innerWidth + 1 || box.left < -1) && !scrolls(e))
        out.push(e.tagName + ' ' + (e.textContent || '').trim().slice(0, 40) + ' ' + Math.round(box.right));
}
if (document.documentElement.scrollWidth > innerWidth) out.push('the page is ' + document.documentElement.scrollWidth);
return out;
"""

OVERLAPPING = """
const out = [];
for (const svg of document.querySelectorAll('svg')) {
    const frame = svg.getBoundingClientRect();
    if (!frame.width) continue;
    const texts = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
    texts.forEach(([a, p], i) => {
        if (p.left < frame.left - 1 || p.right > frame.right + 1 || p.top < frame.top - 1 || p.bottom > frame.bottom + 1)
            out.push(a + ' leaves its picture');
        for (const [b, q] of texts.slice(i + 1))
            if (p.left < q.right - 0.5 && q.left < p.right - 0.5 && p.top < q.bottom - 2 && q.top < p.bottom - 2)
                out.push(a + ' and ' + b);
    });
}
return out;
"""
"""Texts of pictures that lie on one another or beyond the picture; the room above and below a font's letters may touch."""

OFF_THE_GRID = """
const out = new Set();
for (const e of document.body.querySelectorAll('*')) {
    const style = getComputedStyle(e);
    if (e.closest('svg') || style.display === 'none') continue;
    for (const name of ['paddingTop', 'paddingBottom', 'paddingLeft', 'paddingRight', 'marginTop', 'marginBottom', 'rowGap',
                        'columnGap', 'lineHeight'])
        if (parseFloat(style[name]) % 4) out.add(`${e.tagName}.${e.className} ${name} ${style[name]}`);
}
return [...out];
"""
"""Room around and between elements, and heights of lines, that are not multiples of 4 px."""

SMALL_TARGETS = """
const out = [];
for (const e of document.querySelectorAll('a, button, input, select, summary, label')) {
    const box = (e.closest('label') || e).getBoundingClientRect();
    // A link within a sentence has the height of its line.
    if (!box.width || e.closest('.skip') || (e.tagName === 'A' && e.closest('p, dd'))) continue;
    if (box.width < 43.5 || box.height < 43.5)
        out.push(`${e.tagName} ${e.textContent.trim().slice(0, 40)} ${Math.round(box.width)} x ${Math.round(box.height)}`);
}
return out;
"""
"""What a finger is to hit and is smaller than 44 px."""

SPLIT_IN_PRINT = """
const out = [];
for (const svg of document.querySelectorAll('svg')) {
    const box = svg.getBoundingClientRect();
    if (box.height < 100) continue;
    let kept = false;
    for (let e = svg; e && !kept; e = e.parentElement) kept = getComputedStyle(e).breakInside.startsWith('avoid');
    if (!kept || box.height > 900) out.push(`${svg.textContent.slice(0, 60)} ${Math.round(box.height)}`);
}
return out;
"""
"""Charts that may be split between two sheets."""


class Browser:
    """A browser without a window."""

    def __init__(self, driver: webdriver.Chrome):
        self.driver = driver

    def open(
        self, page: Path | str, width: int = 1280, scheme: str = "light", script: bool = True, media: str = ""
    ) -> None:
        """Opens a file or an address; forgets what the one before has logged.

        `media` is "print" for how it looks on paper.
        """
        self._ask("Emulation.setScriptExecutionDisabled", value=not script)
        self._ask("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=width < 600)
        theme = [{"name": "prefers-color-scheme", "value": scheme}]
        self._ask("Emulation.setEmulatedMedia", media=media, features=theme)
        self.requests()
        self.driver.get_log("browser")
        self.driver.get(page.as_uri() if isinstance(page, Path) else page)

    def _ask(self, command: str, **arguments: Any) -> dict:
        return self.driver.execute_cdp_cmd(command, arguments)

    def run(self, script: str) -> Any:
        return self.driver.execute_script(script)

    def requests(self) -> list[str]:
        """What was asked for since the last time."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]

    def complaints(self) -> list[str]:
        """What the console has, but for advice."""
        found = self.driver.get_log("browser")
        return [entry["message"] for entry in found if entry["level"] in ("WARNING", "SEVERE")]

    def obstacles(self) -> list[str]:
        """What axe-core finds serious."""
        found = Axe().run(self.driver)["violations"]
        return [
            f"{one['id']}: {node['html'][:120]}"
            for one in found if one["impact"] in ("serious", "critical") for node in one["nodes"]
        ]  # fmt: skip

    def faults(self) -> list[str]:
        """What is wrong with how the page looks at the width it was opened at."""
        scripts = [OVERFLOWING, OVERLAPPING, OFF_THE_GRID]
        if self.run("return innerWidth") < 600:
            scripts.append(SMALL_TARGETS)
        return [fault for script in scripts for fault in self.run(script)] + self.obstacles() + self.complaints()

    def picture(self, name: str, top: int = 0, height: int = 800) -> bytes:
        """A screenshot, which is kept as `name`.png too."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        width = self._ask("Page.getLayoutMetrics")["cssVisualViewport"]["clientWidth"]
        clip = {"x": 0, "y": top, "width": width, "height": height, "scale": 1}
        data = base64.b64decode(self._ask("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)["data"])
        (PICTURES / f"{name}.png").write_bytes(data)
        return data

    def pages(self, width: float, height: float) -> int:
        """How many sheets of so many inches it is printed on."""
        data = base64.b64decode(
            self._ask("Page.printToPDF", paperWidth=width, paperHeight=height, printBackground=True,
                      preferCSSPageSize=False)["data"])  # fmt: skip
        return data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") + data.count(b"/Type/Page\n")


@contextmanager
def browser() -> Iterator[Browser]:
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                     "--no-first-run", "--disable-background-networking"):  # fmt: skip
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    # What looks for obstacles takes its time on long pages.
    driver.set_script_timeout(120)
    try:
        yield Browser(driver)
    finally:
        driver.quit()
