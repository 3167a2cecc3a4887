"""The auditor's command: sample draw, list, show, note, again, population, export."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from data.rulekeeping.populations import RESTS, Frame, Kept, kept_decisions
from data.rulekeeping.samples import Finding, Sample, counted_findings, findings_of, samples
from data.store import Database, open_writer, reading
from office.audit import findings, sampling
from office.audit.drawing import STRATA
from office.audit.sample_sheet import sample_xlsx
from office.audit.sampling_words import because, sample_words
from office.casework.asked import Doer
from office.commands.parsing import Commands, make_folder, write_bytes
from office.commands.speaking import DONE, REFUSED, answer, say, tell
from rules.slip import verdict_words

_BY = "经办人 / who does it"
_NUMBER = "抽样编号 / the sample's number, 抽样〔2021〕1号 or 2021-1"


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    top = commands.command("sample", list_samples, "抽样检查", "samples of recorded decisions")
    ways = Commands(top.add_subparsers(required=True, metavar="WHAT"))
    draw = ways.command("draw", draw_sample, "抽一次样", "draw a sample")
    draw.add_argument(
        "--size", type=int, default=20, help="抽几条；分层的每层几条 / how many, or of each stratum"
    )
    draw.add_argument("--strata", choices=STRATA, default="", help="分层 / so many of each")
    draw.add_argument("--seed", default="", help="种子，不写则随机生成 / the seed (default: made)")
    _frame(draw)
    draw.add_argument("--remark", default="", help="备注 / a remark")
    draw.add_argument("--by", default="", help=_BY)
    ways.command("list", list_samples, "历次抽样", "the samples")
    show = ways.command("show", show_sample, "一次抽样的判定和检查结果", "a sample's decisions and findings")
    show.add_argument("number", help=_NUMBER)
    note = ways.command("note", note_finding, "记录检查结果", "note what was found")
    note.add_argument("number", help=_NUMBER)
    note.add_argument("decision", type=int, help="判定编号 / the decision's number")
    note.add_argument("kind", choices=tuple(findings.KINDS), help="结果 / what was found")
    note.add_argument("--text", default="", help="问题或说明 / in words")
    note.add_argument("--by", default="", help=_BY)
    again = ways.command("again", draw_again, "重抽一遍对照", "draw it again and compare")
    again.add_argument("number", help=_NUMBER)
    whole = ways.command(
        "population", write_population, "总体的判定编号，一行一个", "the population's numbers, one a line"
    )
    whole.add_argument("number", help=_NUMBER)
    whole.add_argument("file", type=Path, help="文件 / FILE.txt")
    export = ways.command("export", export_sample, "导出 Excel", "as an Excel file")
    export.add_argument("number", help=_NUMBER)
    export.add_argument("file", type=Path, help="文件 / FILE.xlsx")


def _frame(parser: ArgumentParser) -> None:
    parser.add_argument("--from", dest="since", default="", help="判定日自 / days decided about, from")
    parser.add_argument("--to", dest="until", default="", help="判定日至 / to")
    parser.add_argument("--township", default="", help="乡镇编码 / the township's code")
    parser.add_argument("--benefit", default="", help="待遇 / the benefit")
    parser.add_argument("--verdict", default="", help="判定 / the verdict")
    parser.add_argument("--rests", choices=RESTS, default="", help="依据它的处理 / what was done on it")
    parser.add_argument("--person", default="", help="存档或办理人 / who recorded or acted")


def draw_sample(args: Namespace) -> int:
    """`sample draw`: draw, keep, and name the decisions."""
    frame = Frame(
        args.since,
        args.until,
        benefit=args.benefit,
        township=args.township,
        verdict=args.verdict,
        rests=args.rests,
        person=args.person,
    )
    wish = sampling.Wish(frame, args.size, args.strata, args.seed, args.remark)
    with open_writer(args.db) as writer:
        drawn = sampling.draw(writer, wish, doer=Doer(args.by))
    with reading(args.db) as db:
        return _show(args, db, drawn)


def list_samples(args: Namespace) -> int:
    """`sample list`: every sample, the newest first, with how far it is."""
    with reading(args.db) as db:
        found, kinds = samples(db), counted_findings(db)
        if args.json:
            answer({"samples": [_sample(one, kinds.get(one.id, {})) for one in found]})
            return DONE
        for one in found:
            done = findings.progress(one, kinds.get(one.id, {}))
            words = sample_words(db, one)
            tell(
                args,
                f"{one.number}  {one.done_on}  {one.recorded_by}  {done.looked_at}/{done.drawn}"
                f"  发现问题 {done.finding}  {words.zh}",
                f"{one.number}  {one.done_on}  {one.recorded_by}  {done.looked_at}/{done.drawn}"
                f"  findings {done.finding}  {words.en}",
            )
    if not found:
        tell(args, "还没有抽过样。", "No sample was drawn yet.")
    return DONE


def show_sample(args: Namespace) -> int:
    """`sample show`: one sample with everything noted about its decisions."""
    with reading(args.db) as db:
        return _show(args, db, sampling.the_sample(db, args.number))


def note_finding(args: Namespace) -> int:
    """`sample note`: what was found about one decision."""
    wish = findings.Note(args.number, args.decision, args.kind, args.text)
    with open_writer(args.db) as writer:
        done = findings.note(writer, wish, doer=Doer(args.by))
    if args.json:
        answer(_finding(done))
    words = findings.KINDS[done.kind]
    tell(
        args,
        f"判定 {done.decision_id}：{words.zh} {done.text or ''}",
        f"decision {done.decision_id}: {words.en} {done.text or ''}",
    )
    return DONE


def draw_again(args: Namespace) -> int:
    """`sample again`: exit 1 where the population or the drawn decisions are not the same."""
    with reading(args.db) as db:
        sample = sampling.the_sample(db, args.number)
        population, drawn = sampling.drawn_again(db, sample)
    if args.json:
        answer({"number": sample.number, "population": population, "drawn": drawn})
    if population and drawn:
        tell(args, "重抽一致。", "Drawn again just so.")
        return DONE
    tell(
        args,
        "重抽不一致：" + ("抽到的判定不同。" if population else "总体不同。"),
        "Not the same: " + ("other decisions are drawn." if population else "the population differs."),
    )
    return REFUSED


def export_sample(args: Namespace) -> int:
    """`sample export`: the whole sample as an Excel file."""
    with reading(args.db) as db:
        content = sample_xlsx(db, sampling.the_sample(db, args.number))
    return written(args, args.file, content)


def write_population(args: Namespace) -> int:
    """`sample population`: the numbers of the decisions that it was drawn from; the file's SHA-256 is the digest."""
    with reading(args.db) as db:
        content = sampling.population_text(db, sampling.the_sample(db, args.number))
    return written(args, args.file, content.encode())


def written(args: Namespace, file: Path, content: bytes) -> int:
    """Write a file and say so."""
    make_folder(file)
    write_bytes(file, content)
    tell(args, f"已写入 {file}", f"Written to {file}")
    return DONE


def _show(args: Namespace, db: Database, sample: Sample) -> int:
    noted = findings_of(db, sample.id)
    kept = kept_decisions(db, sample.drawn, sampling.frame_of(sample).known_at)
    newest = findings.latest(noted)
    if args.json:
        kinds = counted_findings(db).get(sample.id, {})
        decisions = [_decision(one, newest.get(one.id)) for one in kept.values()]
        answer(
            {**_sample(sample, kinds), "decisions": decisions, "findings": [_finding(one) for one in noted]}
        )
        return DONE
    words = sample_words(db, sample)
    tell(
        args,
        f"{sample.number}  种子 {sample.seed}  总体 {sample.population}（{words.zh}）  摘要 {sample.population_digest}",
        f"{sample.number}  seed {sample.seed}  population {sample.population} ({words.en})"
        f"  digest {sample.population_digest}",
    )
    for one in kept.values():
        last = newest.get(one.id)
        state, verdict, why = (
            findings.STATES[findings.state(last)],
            verdict_words(one.verdict),
            because(db, one),
        )
        print(
            f"  {one.id}  {one.as_of}  {one.subject}  {one.benefit}  {say(args, verdict)}  {say(args, why)}"
            f"  {say(args, state)} {last.text or '' if last else ''}".rstrip()
        )
    return DONE


def _sample(one: Sample, kinds: dict[str, int]) -> dict[str, Any]:
    done = findings.progress(one, kinds)
    return {
        "number": one.number,
        "seed": one.seed,
        "size": one.size,
        "population": one.population,
        "population_digest": one.population_digest,
        "asked": dict(one.asked),
        "drawn": list(one.drawn),
        "done_on": one.done_on,
        "by": one.recorded_by,
        "remark": one.remark,
        "looked_at": done.looked_at,
        "with_finding": done.finding,
    }


def _decision(one: Kept, last: Finding | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "as_of": one.as_of.isoformat(),
        "known_at": one.known_at,
        "subject": one.subject,
        "benefit": one.benefit,
        "verdict": one.verdict,
        "township_code": one.township_code,
        "by": one.recorded_by,
        "state": findings.state(last),
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "id": one.id,
        "decision": one.decision_id,
        "kind": one.kind,
        "text": one.text,
        "done_on": one.done_on,
        "by": one.recorded_by,
    }
