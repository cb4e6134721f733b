"""Playbooks as files: the engine by the file against the rules in Swift, and what it costs to make a plan of a file."""

import subprocess
from pathlib import Path

from engines import SYMBOL, middle_of
from harness import Sample, interleaved
from report import compared

HERE = Path(__file__).resolve().parent
FILE_LIMIT = 1.1
COMPILE_LIMIT = 0.2
START_LIMIT = 1.1


class PlaybookBench:
    """The part of a benchmark run that is about playbook files."""

    def playbook_files(self):
        """dp20 from its file, and reading, checking and compiling files."""
        engine = [self.options.engine_benchmark, "engine", "--symbol", SYMBOL, "--years", self.options.years]
        tasks = {
            "file": lambda: self.launcher.json_line([*engine, "--from", "file"]),
            "swift": lambda: self.launcher.json_line(engine),
        }
        lines = interleaved(self.options.rounds, tasks)
        for key in ("trades", "sum_r"):
            if lines["file"][0][key] != lines["swift"][0][key]:
                self.agreements.append(f"dp20 from its file and in Swift DISAGREE: {key}")
        self.figures.append(
            compared("dp20 from its file, a bar", middle_of(lines["file"]), middle_of(lines["swift"]), "ns", FILE_LIMIT,
                     "its rules in Swift"))
        found = {"file_ns_per_bar": middle_of(lines["file"])}
        for name in ("dp20", "opening-range"):
            text = self.work_dir / f"{name}.yaml"
            text.write_bytes(
                subprocess.run([self.options.binary, "playbook", "show", name, "--yaml"], capture_output=True, check=True)
                .stdout)
            compile_one = [
                self.options.engine_benchmark, "compile", "--symbol", SYMBOL, "--years", 1, "--strategy", name]
            load = [self.options.python, HERE / "python" / "load_yaml.py", text]
            lines = interleaved(self.options.rounds, {
                "ours": lambda command=compile_one: self.launcher.json_line(command),
                "yaml": lambda command=load: self.launcher.json_line(command)})
            ours, theirs = (
                Sample.of([line["us_median"] for line in lines[which]]).median for which in ("ours", "yaml"))
            self.figures.append(
                compared(f"{name}, read, checked and compiled", ours, theirs, "us", COMPILE_LIMIT, "PyYAML safe_load"))
            found[f"{name}_us"] = ours
        self.many_files()
        return found

    def many_files(self):
        """Start-up of a run with 50 files in PLAYBOOK_DIR against none."""
        folder = self.work_dir / "playbooks"
        folder.mkdir(exist_ok=True)
        for number in range(50):
            text = (self.work_dir / "dp20.yaml").read_text().replace("playbook: dp20", f"playbook: copy-{number}")
            (folder / f"copy-{number}.yaml").write_text(text)
        command = [
            self.options.binary, "backtest", "--symbol", SYMBOL, "--date", "2025-11-04", "--source", "sample", "--dry-run"]
        tasks = {
            "many": lambda: self.launcher.run(command, {"PLAYBOOK_DIR": str(folder)}),
            "none": lambda: self.launcher.run(command),
        }
        interleaved(3, tasks)
        runs = interleaved(self.options.starts, tasks)
        many, none = (Sample.of([run.seconds * 1e3 for run in runs[which]]).median for which in ("many", "none"))
        self.figures.append(
            compared("a session's run, 50 files in PLAYBOOK_DIR", many, none, "ms", START_LIMIT, "without any"))
