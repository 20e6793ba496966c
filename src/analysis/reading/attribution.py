"""Who the text says gave a figure: sources found by the words around verbs of saying.

Patterns only; `dependencies` finds sources by a parser where that extra is installed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from analysis.reading import vocabulary as words
from analysis.reading.dates import MONTH, WEEKDAY
from analysis.reading.documents import Document, Span

_TOKEN: Final = re.compile(
    r"(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Capt|Brig|Sgt|Adm|Gov|Sen|St)\.|"
    r"[^\W_][\w’'&-]*(?:\.(?=[A-Z]))?|&|[^\w\s]"
)
_VERB: Final = re.compile(
    r"\b(?:" + "|".join(sorted(words.SAYING | words.COUNTING, key=len, reverse=True)) + r")\b"
    r"|\bg[ai]ves?(?=\s(?:an?|the|its|no|\d|estimates|figures))"
    r"|(?:(?<=\bhe )|(?<=\bshe ))(?:continued|went on)\b"
    r"|\b(?:is|are|was|were)\s(?:now\s|also\s|still\s)?(?:putting|reporting|saying|telling|"
    r"estimating|claiming|warning|projecting|forecasting|predicting)\b"
)
_HEADLINE_VERB: Final = re.compile(
    r"\b(?:says?|said|warns?|tells?|announces?|confirms?|estimates?|denies|deny|admits?|reports)\b",
    re.IGNORECASE,
)
_ACCORDING: Final = re.compile(
    r"\b(?:according to|as (?:reported|stated|announced|confirmed|estimated) by|(?:reported|"
    r"estimated|compiled|recorded|documented|verified|counted|confirmed|published|released|issued|"
    r"provided|cited|shared|announced|collected|registered|quoted|tallied)"
    r"(?:\s(?:\w+ly|nationwide|worldwide|so far|to date|today|overnight|earlier))? by|citing|"
    r"quoting|(?:figures?|data|numbers|estimates?|statistics|records|information) from|"
    r"(?:reports?|statement|announcement|estimates?|tally|count) (?:of|by|from)"
    r"(?= the | (?-i:[A-Z]))|per(?= the | (?-i:[A-Z]{2,})))\s+",
    re.IGNORECASE,
)
#: A paper is nobody's word by itself: "a report released by the agency", "on the county's site".
_PAPER: Final = re.compile(
    r"(?:(?:an?|the|its|their)\s(?:\w+\s){0,2}(?:statement|report|update|bulletin|release|post|"
    r"notice)s?|(?:counts|tallies|estimates|figures|data|numbers))"
    r"\s(?:(?:released|issued|published|posted|put out)\s)?(?:by|from|on|of)\s",
    re.IGNORECASE,
)
_ITS_SITE: Final = re.compile(r"[’']s?\s(?:own\s)?(?:web\s?site|site|page|channel|account)\b", re.I)
_TO_SOMEBODY: Final = frozenset({"told", "tells", "tell", "informed"})
_WITH_HEARERS: Final = _TO_SOMEBODY | {"warned", "warns"}
#: No source by itself: whose they are is said elsewhere, or nowhere.
_OF_NOBODY: Final = frozenset(
    {
        *("estimates", "estimate", "initial estimates", "figures", "data", "numbers", "records"),
        *("statistics", "reports", "information", "accounts", "interview"),
    }
)
_OF_AGENCY: Final = re.compile(r"(?P<name>[A-Z]{2,8})[’']s?\s[a-z]")
_PERSON: Final = re.compile(
    r"\s(?:[A-Z][\w’'.-]+|[a-z]{1,3}-[A-Z][\w’'-]+)(?:\s(?:[A-Z][\w’'.-]*|(?:al|el|bin|de|van|"
    r"von)(?:-[A-Z][\w’'-]+)?|[a-z]{1,3}-[A-Z][\w’'-]+)){1,4}"
)
#: "A spokesperson, Sanni Datti, …".
_PUT_IN: Final = re.compile(rf",(?P<name>{_PERSON.pattern})(?=[,.;])")
_GOING_ON: Final = re.compile(
    r"(?:,|\band)\s(?:saying|adding|claiming|noting|stating|reporting|putting|estimating|warning|"
    r"indicating|insisting|stressing|revealing|announcing)\b"
)
#: "The agency sent tents and says it needs 400 more": who says so is whoever sent them.
_GOES_ON_BY: Final = re.compile(r"\b(?:and|but)(?:\s(?:also|now|later|then|\w+ly))?$")
_GOES_ON_WITH: Final = words.SAYING | {"estimates", "estimated", "reports", "puts", "expects"}
#: "With the bank predicting a further 1 per cent".
_WITH_NAME: Final = re.compile(
    r"\b[Ww]ith\s(?P<name>[^,;:.()]{2,60}?)\s(?:predicting|estimating|putting|reporting|saying|warning|"
    r"claiming|forecasting|projecting|counting|recording|confirming)\b"
)
_POSSESSIVE_COUNT: Final = re.compile(
    r"(?:[’']s?)\s+(?:(?:own|latest|official|overall|daily|last|new)\s+)*(?:count|tally|toll|"
    r"figures?|estimates?|data|numbers|statistics|records|survey|assessment|report|analysis)\b"
)
_RELAYED: Final = re.compile(
    r"report|statement|announcement|estimate|tally|count|citing|quoting|figure|data|number|"
    r"record|published|released|issued|provided|compiled",
    re.I,
)
#: After a source whose paper goes on to speak: "figures published by the group said".
_GOES_ON: Final = re.compile(
    r"\s+(?:that|which|stating|saying|showing|indicating|claiming|warning|estimating|said|says|say|"
    r"show|shows|showed|put|puts|suggest|suggests|indicate|indicates|stated|reveal|revealed)\b"
)
_BULLET: Final = re.compile(r"[-•*▪●–—>]\s+")
#: Between what is put in and its verb: "Petra Halvan, a doctor, has also said".
_AFTER_COMMA: Final = re.compile(
    r"(?<=,)\s(?:earlier|later|also|meanwhile|(?:has|have|had)(?:\s(?:also|already|now|\w+ly))*)$"
)
_LABEL: Final = re.compile(
    r"[-•*▪●–—>\s]*(?P<name>[\"“]?[A-Z][\w.’'&\"“” -]{1,60}?)(?:\s*\([^()]{1,40}\))?:\s"
)
#: What a writer puts in to explain a place is his own: ", a country of 44 million".
_ASIDE: Final = re.compile(
    r"[,—–-]\s(?:an?|the)\s(?:\w+\s){0,2}(?:country|city|town|village|nation|region|area|district|"
    r"territory|province|state|enclave|camp|port|island)\s(?:with|of|about|some|that|where|home|"
    r"around|roughly|just)\b[^,;—–]*$"
)
_ASIDE_AFTER: Final = re.compile(
    r"-(?:nation|member|country|state)\b|\s(?:minutes|hours|days|weeks|months|years)\s(?:ago|"
    r"earlier)\b"
)
#: A person in minutes and written answers: "Lord Tennick:".
_ADDRESSED: Final = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Prof|Lord|Lady|Baroness|Sir|Dame|Senator|Sen|Rep|Judge)\.?\s[A-Z]"
)
_CREDIT: Final = re.compile(r"(?:\s[-–—]\s*|:\s)(?P<name>[\w.’' ]{2,50})\s*$")
_AFTER_VERB: Final = re.compile(
    r"(?:\s*(?:(?:late|early|earlier|later)\s+)?(?:(?:on|in|at|by|over|via|to)\s+)?(?:the\s+)?"
    rf"(?:{WEEKDAY}|today|yesterday|overnight|earlier|"
    r"a (?:\w+ )?(?:statement|tweet|post|report|briefing|interview|press conference|"
    r"news conference|message)|"
    r"(?:Twitter|Facebook|Telegram|X|(?:tele)?phone|e-?mail|social media|reporters|journalists|"
    r"state television|state TV|parliament)|(?:morning|afternoon|evening|night)|this week|"
    r"last week|recently|"
    r"its (?:latest |daily )?(?:report|update|statement|bulletin)|"
    rf"\d{{1,2}} {MONTH}|{MONTH} \d{{1,2}}))*"
    r"\s*(?:$|[.,;!?\"”’—–)]|as\b|while\b|adding\b|after\b)"
)
_ADVERBS: Final = re.compile(
    r"(?:\s+(?:has|have|had|also|first|earlier|later|already|previously|meanwhile|then|now|still|"
    r"recently|since|further|separately|and|who|which|did|does|"
    rf"(?:on\s+)?{WEEKDAY}|today|yesterday|[a-z]+ly))+\s*$"
)
_TOLD: Final = re.compile(r"(?!.*\bthat\b)\s[^.,;:]{2,60}(?:$|[.,])")
_EMBEDDED: Final = re.compile(r"\s(?:were|was|are|is|had|have|has|would|could|will)\b")
_ENDS: Final = re.compile(r"^[^,;:]{0,40}$")
#: What may stand between the first word of a name and its head.
_SMALL_WORDS: Final = re.compile(
    r"((?:\s(?!(?:"
    + "|".join(sorted(words.BREAKS | words.LINKS | words.FINITE | words.SAYING))
    + r")\b)[a-z-]+){1,2})(?:[’']s?)?(?![\w’'])"
)
#: "Cases reported in May were": no one reports there.
_PARTICIPLE: Final = re.compile(
    r"\s(?:\w+ly|in|from|across|during|since|by|so far|to date|at|between)\b(?!.{0,60}\bthat\b)"
    r"[^.;:]{0,60}?\b(?:was|were|is|are|has|have|had|stands?|stood|rose|fell|reached)\b"
)
#: "Refugees who saw it sink told": the subject before a relative clause.
_WITH_CLAUSE: Final = re.compile(r"(?P<name>[^,;:]{2,60}?)\s(?:who|which)\s[^,;:]{3,80}$")
_RELATIVE: Final = re.compile(
    r"\s*(?:who|which|whose|where|citing|speaking|quoting|meanwhile|however)\b"
)
_WHICH: Final = re.compile(r",\s(?:which|who)(?:\s(?:has|had|have|also|now|\w+ly))*\s$")
_BRACKETS: Final = re.compile(r"\s*\([^()]{1,40}\)\s*$")
_OF_AFTER_BRACKETS: Final = re.compile(
    r"\s*\([^()]{1,40}\)(?=\s(?:of|in|for)\s(?:the\s)?[A-Z][\w ]+$).*$"
)
_DID: Final = re.compile(r"(?:^|[,\s])[a-z]{3,}ed\s(?:[\w-]+\s?){1,5}$")
_BE: Final = re.compile(r"\b(?:is|are|was|were|be|been|being|to|of|newly|more|new)\s*$", re.I)
_NUMBER: Final = re.compile(r"^[\d~<>$€£]|^(?:one|two|three|four|five|six|seven|eight|nine|ten)$")
_LEADING: Final = re.compile(
    r"^(?:(?:the|a|an|its|his|her|their|our|this|that|these|those|both|some|all|another|"
    r"other(?!\sside)|meanwhile|but|and|while|as|yet|still|however|earlier|separately|in|on|at|by|"
    r"confirmed|official|latest|preliminary|recent|new|initial|verified|provisional|previous|"
    rf"{WEEKDAY})\s+)+(?=\S)",
    re.IGNORECASE,
)
_TRAILING: Final = re.compile(
    r"(?<=\w)\s(?:(?:daily|weekly|official|latest)\s)?(?:data|figures|statistics|numbers|records|"
    r"counts?|tall(?:y|ies)|toll|estimates?|bulletins?)$"
)
_CARRIED_ON: Final = re.compile(
    r"(?:Of (?:these|them|those)|Among (?:them|these|those)|They include|These include|"
    r"That includes|This includes)\b"
)
#: What may stand before the subject of a sentence.
_OPENING_WORDS: Final = re.compile(
    r"(?:For (?:his|her|its|their) part|Meanwhile|Earlier|Separately|Later|Also|"
    r"(?:On|In|At|Since|After|By) [^,;:.]{3,40}),\s"
)
_OPENING: Final = re.compile(
    r"(?:The |An? )?(?:[a-z-]+ |[A-Z][\w’'.-]*(?: (?:of|for|and|the))* ?){0,6}?"
    r"(?:(?:ministry|agency|office|army|police|government|service|council|authorities|officials|"
    r"military|company|group|union|mission|commission)\b|[A-Z][\w’'.-]*\b(?! (?:of |for |and "
    r")?[A-Z]))"
)


@dataclass(frozen=True)
class Attribution:
    """One source in a sentence, and which characters it is the source of.

    Attributes
    ----------
    name : str
        The source in a short form, pronouns and "the agency" resolved.
    cue : Span
        The words that make it a source: "said", "according to".
    scope : Span
        The characters it stands for.
    how : str
        "before" (the source comes first), "after", "according to", "label", "carried on",
        "quotation" or "parser".
    """

    name: str
    cue: Span
    scope: Span
    how: str


class Source(NamedTuple):
    """What a parser found of a figure's source: its phrase, the cue, and whether it must be one."""

    phrase: Span
    cue: Span
    needs_one: bool


class Attributions:
    """The sources in a document, asked figure by figure."""

    def __init__(self, document: Document, parsed: Mapping[int, Source] | None = None) -> None:
        self._document = document
        self._found: list[list[Attribution]] = []
        self._current: list[Attribution] = []
        self._last_person = ""
        self._last_single = ""
        self._last_body, self._last_body_at = "", 0
        self._quotes = _find_quotes(document)
        self._quote_starts = [quote.start for quote in self._quotes]
        self._parsed: dict[int, Attribution] = {}
        starts = sorted(parsed or {})
        for sentence in document.sentences:
            read = self._read_sentence(sentence)
            for start in starts[
                bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)
            ]:
                self._current = [one for one in read if one.cue.end < start]
                self._add_parsed(sentence, start, (parsed or {})[start])
            self._found.append(read)

    def claimant_of(self, figure: Span) -> Attribution | None:
        """The innermost source of a figure, or None: the voice of the writer."""
        number = self._document.sentence_at(figure.start)
        sentence, text = self._document.sentences[number], self._document.text
        if _ASIDE.search(text[sentence.start : figure.start]) or _ASIDE_AFTER.match(
            text, figure.end
        ):
            return None
        covering = [
            found
            for found in self._found[number]
            if found.scope.start <= figure.start < found.scope.end
        ]
        parsed = self._parsed.get(figure.start)
        chosen = _innermost(covering, figure)
        if chosen is not None:
            return chosen
        if parsed is not None and not _is_relay(parsed.name):
            return parsed
        return self._of_quotation(figure) or self._carried_on(number) or self._labelled(figure)

    def _of_quotation(self, figure: Span) -> Attribution | None:
        """The speaker of a quotation that holds the figure, in the sentence beside it."""
        at = bisect_left(self._quote_starts, figure.start) - 1
        if at < 0 or self._quotes[at].end < figure.end:
            return None
        quote, document = self._quotes[at], self._document
        paragraph = document.block_at(quote.start)
        first, last = document.sentence_at(quote.start), document.sentence_at(quote.end - 1)
        for number in (*range(first, last + 2), first - 1):
            if 0 <= number < len(self._found):
                sentence = document.sentences[number]
                if document.block_at(sentence.start) == paragraph and self._found[number]:
                    spoken = self._found[number][-1 if number < first else 0]
                    return Attribution(spoken.name, spoken.cue, quote, "quotation")
        return self._of_quotation_above(at)

    def _of_quotation_above(self, at: int) -> Attribution | None:
        """The speaker of a quotation that opens its block: "He said:" above it, or it goes on."""
        document = self._document
        while True:
            quote = self._quotes[at]
            block = document.block_at(quote.start)
            if not block or quote.start > document.blocks[block].start + 3:
                return None
            above = document.blocks[block - 1]
            spoken = self._found[document.sentence_at(above.end - 1)]
            if document.text[above.start : above.end].rstrip().endswith(":") and spoken:
                return replace(spoken[-1], scope=quote, how="quotation")
            at -= 1
            if at < 0 or self._quotes[at].end < above.end or self._closes(self._quotes[at]):
                return None
            first, last = document.sentence_at(above.start), document.sentence_at(above.end - 1)
            for number in range(last, first - 1, -1):
                if self._found[number]:
                    return replace(self._found[number][-1], scope=quote, how="quotation")

    def _closes(self, quote: Span) -> bool:
        return self._document.text[quote.end - 1] in '"”'

    def _carried_on(self, number: int) -> Attribution | None:
        """The source of the sentence before, where this one goes on about its figure."""
        sentences, text = self._document.sentences, self._document.text
        if number and _CARRIED_ON.match(text, sentences[number].start) and self._found[number - 1]:
            before = self._found[number - 1][-1]
            return Attribution(before.name, before.cue, sentences[number], "carried on")
        return None

    def _labelled(self, figure: Span) -> Attribution | None:
        """Whoever the label of a block names, for all that stands in it: "Ms Orla: … 40 …"."""
        block = self._document.blocks[self._document.block_at(figure.start)]
        for one in self._found[self._document.sentence_at(block.start)]:
            if one.how == "label" and one.scope.start <= figure.start < one.scope.end:
                return one
        return None

    def _add_parsed(self, sentence: Span, start: int, source: Source) -> None:
        phrase = self._document.text[source.phrase.start : source.phrase.end]
        if not _is_speaker(phrase) or (source.needs_one and not _is_source(phrase)):
            return
        name = self._resolve(phrase, sentence.start)
        self._parsed[start] = Attribution(name, source.cue, sentence, "parser")

    def _read_sentence(self, sentence: Span) -> list[Attribution]:
        text = self._document.text
        found = self._current = []
        verbs = _HEADLINE_VERB if _is_headline(text[sentence.start : sentence.end]) else _VERB
        cues = [
            (cue.start(), number, cue, read)
            for number, (pattern, read) in enumerate(
                (
                    (verbs, self._of_verb),
                    (_ACCORDING, self._of_cue),
                    (_GOING_ON, self._of_participle),
                    (_WITH_NAME, self._of_name),
                    (_POSSESSIVE_COUNT, self._of_count),
                )
            )
            for cue in pattern.finditer(text, sentence.start, sentence.end)
        ]
        for _, _, cue, read in sorted(cues):
            if one := read(sentence, cue):
                found.append(one)
        label = _LABEL.match(text, sentence.start, sentence.end)
        title = label is not None and label.start() == self._document.blocks[0].start
        if label and (not found) and self._is_label(label["name"], title):
            name = self._resolve(label["name"].strip(), sentence.start)
            end = self._document.blocks[self._document.block_at(sentence.start)].end
            found.append(Attribution(name, Span(*label.span()), Span(label.end(), end), "label"))
        credit = _CREDIT.search(text, sentence.start, sentence.end)
        if (
            credit
            and not found
            and (_has_source_head(credit["name"]) or re.fullmatch(r"[A-Z]{2,8}", credit["name"]))
        ):
            scope = Span(sentence.start, credit.start())
            found.append(
                Attribution(_shorten(credit["name"]), Span(*credit.span()), scope, "after")
            )
        for one in found:
            self._remember(one.name, one.cue.start)
        return found

    def _of_participle(self, sentence: Span, cue: re.Match[str]) -> Attribution | None:
        """Whoever a participle belongs to: "The army denied it, saying it lost three"."""
        if self._current:
            return _before(self._current[-1].name, cue, sentence)
        text = self._document.text
        skipped = _OPENING_WORDS.match(text, sentence.start, cue.start()) or _BULLET.match(
            text, sentence.start, cue.start()
        )
        opening = _phrase_after(text, skipped.end() if skipped else sentence.start, cue.start())
        return self._of_phrase(opening, cue, sentence)

    def _of_name(self, sentence: Span, cue: re.Match[str]) -> Attribution | None:
        return self._of_phrase(Span(*cue.span("name")), cue, sentence)

    def _of_count(self, sentence: Span, cue: re.Match[str]) -> Attribution | None:
        """Whose the figures are of "the ministry’s figures"."""
        subject = _phrase_before(self._document.text, sentence.start, cue.start())
        return self._of_phrase(subject, cue, sentence)

    def _of_phrase(
        self, named: Span | None, cue: re.Match[str], sentence: Span
    ) -> Attribution | None:
        if named is None:
            return None
        phrase = self._document.text[named.start : named.end]
        if not _is_source(phrase):
            return None
        return _before(self._resolve(phrase, sentence.start), cue, sentence)

    def _is_label(self, name: str, title: bool) -> bool:
        """Whether a line's label is a source ("Mayor Luka Stern:"), not a heading ("Health:")."""
        if name.startswith(('"', "“")) or (title and re.fullmatch(r"[A-Z]{2,8}", name)):
            return True
        if name.casefold() in words.AGENCIES or _ADDRESSED.match(name):
            return True
        return _has_source_head(name) and len(name.split()) > 1 and not re.search(r"\d", name)

    def _of_verb(self, sentence: Span, verb: re.Match[str]) -> Attribution | None:
        text, word = self._document.text, verb.group().lower()
        cue = Span(*verb.span())
        before = text[sentence.start : verb.start()].rstrip()
        after = text[verb.end() : sentence.end]
        if word in _GOES_ON_WITH and _GOES_ON_BY.search(before):
            return self._of_participle(sentence, verb)
        subject = None
        before = _AFTER_COMMA.sub("", before)
        if not before or before[-1] in ',"”':
            # "…," said Petra Halvan; Petra Halvan, a spokeswoman, said …
            if before.endswith(",") and (apposition := _before_apposition(text, sentence, verb)):
                subject = apposition
            elif (
                word in words.SAYING
                and (inverted := _phrase_after(text, cue.end, sentence.end))
                and (word not in _TO_SOMEBODY or not text[inverted.end : sentence.end].strip(" ."))
            ):
                name = self._resolve(text[inverted.start : inverted.end], sentence.start)
                return Attribution(name, cue, Span(sentence.start, sentence.end), "after")
        if subject is None:
            # "The ministry, which had spoken of 20"
            put_in = _WHICH.search(text, sentence.start, verb.start())
            subject = _phrase_before(
                text, sentence.start, put_in.start() if put_in else verb.start()
            )
        if subject is None:
            return None
        phrase = text[subject.start : subject.end]
        if owned := _OF_AGENCY.match(phrase):  # "IOM's tracking finds"
            subject = Span(subject.start, subject.start + owned.end("name"))
            phrase = owned["name"]
        if phrase.endswith(("’s", "'s")):
            return None  # "the town’s needs"
        if word in words.COUNTING and not _has_source_head(phrase) and _PARTICIPLE.match(after):
            return None
        left_of = _WITH_CLAUSE.match(text, sentence.start, verb.start())
        if left_of and _is_source(left_of["name"]):
            subject, phrase = Span(*left_of.span("name")), left_of["name"]
        if word not in words.ALWAYS_SAYING and (
            not _is_source(phrase)
            or text[max(0, subject.start - 10) : subject.start].endswith((" in ", " in its "))
        ):
            return None
        if not _is_speaker(phrase) or _shorten(phrase).lower() in _OF_NOBODY:
            return None
        left = text[sentence.start : subject.start].rstrip(" ")
        name = self._resolve(phrase, sentence.start)
        preceded = len(left) > 12
        if preceded and _AFTER_VERB.match(after) and (left[-1] in ',"”—–-' or _ENDS.search(after)):
            name = name if left[-1] in ',"”—–-' else _last_name(name)
            return Attribution(name, cue, sentence, "after")
        titled = verb.group()[:1].isupper() and not re.search(r"\d", after)
        if preceded and left[-1] == "," and titled:
            return Attribution(name, cue, sentence, "after")
        if preceded and left[-1] == "," and word in _WITH_HEARERS and _TOLD.match(after):
            return Attribution(name, cue, sentence, "after")
        if left and left[-1].isalnum() and _EMBEDDED.match(after):
            # "the buildings Turkish officials said were destroyed"
            return Attribution(_last_name(name), cue, sentence, "after")
        if word in ("denied", "denies", "deny", "rejected", "rejects") and "claim" in after[:12]:
            return None
        return Attribution(name, cue, Span(cue.end, sentence.end), "before")

    def _of_cue(self, sentence: Span, cue: re.Match[str]) -> Attribution | None:
        text = self._document.text
        paper = _PAPER.match(text, cue.end(), sentence.end)
        named = _phrase_after(text, paper.end() if paper else cue.end(), sentence.end)
        if named is None:
            return None
        if owned := _ITS_SITE.search(text, named.start, named.end):
            named = Span(named.start, owned.start())
        if _is_office(text[named.start : named.end]) and (
            person := _PUT_IN.match(text, named.end, sentence.end)
        ):
            named = Span(*person.span("name"))
        phrase = text[named.start : named.end]
        if not cue.group().lower().startswith("according") and not _is_source(phrase):
            return None
        if _shorten(phrase).lower() in _OF_NOBODY:
            return None
        name = self._resolve(phrase, sentence.start)
        if _RELAYED.match(cue.group()) and _GOES_ON.match(text, named.end, sentence.end):
            return Attribution(
                name, Span(cue.start(), named.end), Span(named.end, sentence.end), "before"
            )
        return Attribution(name, Span(*cue.span()), sentence, "according to")

    def _resolve(self, phrase: str, before: int) -> str:
        """The name that a pronoun or "the agency" stands for, or the phrase in short."""
        short = _shorten(phrase)
        lower = short.lower()
        if lower in words.PERSONS:
            if self._current:
                return self._current[-1].name
            above = self._subject_above(before)
            if above and (self._is_person(above) or _is_office(above)):
                return above
            if _has_source_head(above):
                above = ""
            return self._last_person or above or self._last_single or short
        if lower == "it" and self._current:
            return self._current[-1].name
        if lower in words.PRONOUNS:
            return (
                self._subject_above(before)
                or self._source_above(before)
                or self._last_body
                or self._last_person
                or short
            )
        parts = short.split()
        head = parts[-1].lower() if parts else ""
        definite = phrase.split()[0].lower() in ("the", "this", "that")
        if definite and head in words.ANAPHORS and len(parts) <= 2:
            above = self._mention_above(parts, before)
            return (
                above or (self._last_person if head in words.TITLES | {"official"} else "") or short
            )
        if len(parts) == 1 and short[:1].isupper():
            return self._full_name(short, before)
        if len(parts) == 2 and parts[0] in ("Mr.", "Ms.", "Mrs.", "Dr.", "Mr", "Ms", "Mrs", "Dr"):
            return self._full_name(parts[1], before)
        return short

    def _subject_above(self, before: int) -> str:
        """Whoever the sentence before begins with, in the same paragraph."""
        document = self._document
        number = document.sentence_at(before) - 1
        if number < 0:
            return ""
        sentence = document.sentences[number]
        if document.block_at(sentence.start) != document.block_at(before):
            return ""
        if number < len(self._found) and self._found[number]:
            return self._found[number][-1].name
        opening = _OPENING.match(document.text, sentence.start, sentence.end)
        return _shorten(opening[0]) if opening and _is_source(opening[0]) else ""

    def _source_above(self, before: int) -> str:
        """The last source of the sentence before, also where it ends a block."""
        number = self._document.sentence_at(before) - 1
        found = self._found[number] if 0 <= number < len(self._found) else []
        return found[-1].name if found else ""

    def _mention_above(self, parts: list[str], before: int) -> str:
        """The last longer name with the same head: "the U.N. agency", "U.N. refugee agency"."""
        head, modifiers = parts[-1], parts[:-1]
        text = self._document.text
        start = max(0, before - 4_000)
        best, best_at = "", 0
        for found in re.compile(rf"\b{re.escape(head)}\b", re.IGNORECASE).finditer(
            text, start, before
        ):
            phrase = _phrase_before(text, max(start, found.start() - 90), found.end())
            after = re.compile(r"\s+(?:of|for|in)(?:\s+the)?(?:\s+[A-Z][\w’'-]+)+").match(
                text, found.end(), before
            )
            name = (
                _shorten(text[phrase.start : phrase.end] + (after[0] if after else ""))
                if phrase
                else ""
            )
            others = name.split()
            has_all = all(modifier in others for modifier in modifiers)
            if has_all and len(others) > len(parts) and any(w[:1].isupper() for w in others):
                best, best_at = name, found.start()
        is_body = len(self._last_body.split()) > 1 or re.fullmatch("[A-Z]{3,}", self._last_body)
        if (
            not modifiers
            and head.lower() in words.BODIES
            and is_body
            and self._last_body_at >= best_at
        ):
            return self._last_body
        return best

    def _full_name(self, last: str, before: int) -> str:
        """The name in full where it came before: "Halvan", "Petra Halvan"."""
        text = self._document.text
        at = text.find(" " + last, max(0, before - 20_000), before)
        if at < 0:
            return last
        first = re.search(r"((?:[A-Z][\w’'-]+\s+){1,2})$", text[max(0, at - 40) : at + 1])
        if first is None or first[1].split()[0].lower() in words.DETERMINERS | words.LINKS:
            return last
        given = [w for w in first[1].split() if w.lower() not in words.SAYING]
        return " ".join([*given, last])

    @staticmethod
    def _is_person(name: str) -> bool:
        parts = name.split()
        titled = _TITLED.search(name)  # "head of the administration Petra Halvan"
        if titled and titled["before"].lower() not in words.LINKS | words.DETERMINERS:
            return not _has_source_head(titled["name"])
        lower = {part.lower().strip(".") for part in parts}
        bodies = lower & (
            words.SOURCE_HEADS | {"programme", "fund", "crescent", "cross", "un", "u.n"}
        )
        capitals = [part for part in parts if part[:1].isupper()]
        return (
            len(capitals) >= 2
            and not (bodies - words.TITLES)
            and not any(p.isupper() for p in parts)
        )

    def _remember(self, name: str, at: int) -> None:
        parts = name.split()
        capitals = [part for part in parts if part[:1].isupper()]
        if not capitals:
            return
        if self._is_person(name) or _is_office(name):
            self._last_person = name
        else:
            self._last_body, self._last_body_at = name, at
            if len(parts) == 1 and not name.isupper():
                self._last_single = name


_TITLED: Final = re.compile(r"\b(?P<before>[a-z]+)\s(?P<name>[A-Z][\w’'-]+\s[A-Z][\w’'-]+)$")


def _before(name: str, cue: re.Match[str], sentence: Span) -> Attribution:
    """A source of all that follows its cue."""
    return Attribution(name, Span(*cue.span()), Span(cue.end(), sentence.end), "before")


def _is_office(name: str) -> bool:
    """Whether a name is that of one who holds an office: "the Secretary-General"."""
    return name.split()[-1].lower() in words.TITLES if name else False


def _innermost(covering: list[Attribution], figure: Span) -> Attribution | None:
    """Of several sources the closest before the figure, else the closest after it."""
    if len(covering) > 1:
        named = [one for one in covering if not _is_relay(one.name)]
        covering = named or covering
    before = [one for one in covering if one.how != "after" and one.cue.end <= figure.start]
    strong = [one for one in before if one.how in ("before", "parser")]
    if strong:
        return max(strong, key=lambda one: one.cue.start)
    after = [one for one in covering if one.cue.start >= figure.end]
    if after:
        return min(after, key=lambda one: one.cue.start)
    rest = before or covering
    return max(rest, key=lambda one: one.cue.start) if rest else None


def _is_headline(sentence: str) -> bool:
    """Whether a line is a title in capitals, or with a capital on each longer word."""
    if sentence.rstrip()[-1:] in ".!?:;":
        return False
    long = re.findall(r"\b[^\W\d_]{4,}", sentence)
    return len(long) > 3 and sum(word[0].isupper() for word in long) > 0.8 * len(long)


def _is_relay(name: str) -> bool:
    lower = name.lower()
    return any(relay in lower for relay in words.RELAYS)


def _phrase_before(text: str, start: int, end: int) -> Span | None:
    """The noun phrase that ends where a verb begins."""
    piece = text[start:end]
    if found := _ADVERBS.search(piece):
        if re.search(r"\band\b", found[0]) and _DID.search(piece[: found.start()]):
            return None  # "briefed members and said": whoever briefed them
        piece = piece[: found.start()]
    # "the World Health Organization (WHO) warned", "the Authority (NDMA) of Pakistan reported"
    if (found := _BRACKETS.search(piece)) or (found := _OF_AFTER_BRACKETS.search(piece)):
        piece = piece[: found.start()]
    if _BE.search(piece):
        return None
    tokens = list(_TOKEN.finditer(piece))
    at = len(tokens)
    while at:
        token = tokens[at - 1].group()
        lower = token.lower()
        above = tokens[at - 2].group() if at > 1 else ""
        if lower in words.DETERMINERS:
            at -= 1
            if above.lower() in ("of", "for", "at", "from", "in") and at > 1:
                at -= 1
                continue
            break
        if lower == "and" and at < len(tokens):
            both = above[:1].isupper() and tokens[at].group()[:1].isupper()
            if both or above.lower() in words.SOURCE_HEADS:
                at -= 1
                continue
        if _breaks(token) or lower in words.FINITE or _NUMBER.match(lower):
            break
        if (lower in words.SAYING and at < len(tokens)) or lower == "according":
            break
        if (not token[0].isalnum() and token not in ("&", ".", '"', "“", "”")) or (
            token == "." and at == len(tokens)
        ):
            break
        if token in ('"', "“", "”"):
            # A name in quotation marks ("Wolf" battalion) belongs to it, other quotations end it.
            if at < len(tokens) and at > 2 and tokens[at - 3].group() in ('"', "“"):
                at -= 3
                continue
            break
        at -= 1
    if at >= len(tokens):
        return None
    while at < len(tokens) - 1 and tokens[at].group().lower() in words.LINKS - {"al", "el", "de"}:
        at += 1
    first, last = tokens[at], tokens[-1]
    if at == len(tokens) - 1 and first.group().lower() in words.DETERMINERS | {"a", "an"}:
        return None
    return Span(start + first.start(), start + last.end()) if len(tokens) - at <= 22 else None


def _phrase_after(text: str, start: int, end: int) -> Span | None:
    """The noun phrase that begins where a cue ends."""
    last, has_head = start, False
    for count, token in enumerate(_TOKEN.finditer(text, start, end)):
        word = token.group()
        lower = word.lower()
        stops = _breaks(word) and not (lower == "and" and text[token.end() :][1:2].isupper())
        if stops or lower in words.WEEKDAYS or lower in words.FINITE or _NUMBER.match(lower):
            break
        if (not word[0].isalnum() and word not in ("&", '"', "“")) or count > 11:
            break
        if lower in ("told", "in", "on", "by", "during", "late", "early", "cited") and count > 0:
            following = text[token.end() : token.end() + 40].lstrip()
            if lower != "in" or not following[:1].isupper():
                break
        if lower in words.SAYING or (lower in words.COUNTING and count > 1 and lower != "report"):
            break
        bare = _POSSESSIVE.sub("", lower)
        known = bare in words.SOURCE_HEADS or word[:1].isupper() or _heads(text, token.end(), end)
        owned = text[start:last].endswith(("’s", "'s", "s’", "s'"))
        if (
            has_head
            and not known
            and not owned
            and lower not in words.LINKS | words.DETERMINERS | {"and", "’", "s"}
        ):
            break
        has_head = has_head or known
        last = token.end()
    last = start + len(re.sub(r"\s+(?:of|for|at|in|from|on|to|and|the|&)$", "", text[start:last]))
    phrase = text[start:last].strip()
    if not phrase or phrase.split()[0].lower() in words.LINKS - {"al", "el", "de", "la"}:
        return None
    return Span(start, last)


def _heads(text: str, start: int, end: int) -> bool:
    """Whether a head follows within two words: "state disaster management authority"."""
    following = _SMALL_WORDS.match(text, start, end)
    return following is not None and bool(words.SOURCE_HEADS & set(following[1].split()))


_POSSESSIVE: Final = re.compile(r"[’']s?$")


def _breaks(word: str) -> bool:
    """Whether a word ends a clause; the WHO does not."""
    return word.lower() in words.BREAKS and word != "WHO"


def _before_apposition(text: str, sentence: Span, verb: re.Match[str]) -> Span | None:
    """The name before what is put in: "Petra Halvan, a spokeswoman for the authority, said"."""
    piece = text[sentence.start : verb.start()].rstrip()
    piece = _AFTER_COMMA.sub("", piece).rstrip(",")
    comma = piece.rfind(",")
    if comma < 0:
        # "Meanwhile, said …" has none; "In Turkey, said" neither.
        return None
    put_in = piece[comma + 1 :]
    described = re.match(r"\s*(?:for|in turn|meanwhile|an?|the|its|his|her|their|head|"
                         r"director|[a-z-]+ (?:of|for)|deputy|chief|better known|also known|known|"
                         r"formerly|based|[a-z]+(?:ed|de|un)\s(?:up\s)?(?:of|by|in|with|to|from)|"
                         r"[A-Z][\w’']+[’']s)\b", put_in)  # fmt: skip
    if _PERSON.fullmatch(put_in):
        # "The mayor of Derna, Abdel Moneim al-Ghaithi, said"
        end = sentence.start + len(piece)
        return Span(end - len(put_in.lstrip()), end)
    if not (described or _RELATIVE.match(put_in) or _has_source_head(put_in)):
        return None
    subject = _phrase_before(text, sentence.start, sentence.start + comma)
    if subject is None:
        return None
    phrase = text[subject.start : subject.end]
    return subject if _is_source(phrase) else None


def _has_source_head(phrase: str) -> bool:
    parts = {part.strip(".,’'\"“”").lower() for part in phrase.split()}
    return bool(parts & words.SOURCE_HEADS) or bool(
        parts & {"mod", "gov", "un", "staff", "command"}
    )


def _is_source(phrase: str) -> bool:
    """Whether a phrase looks like a source: a known head, a proper name, a pronoun."""
    short = _shorten(phrase)
    if short.lower() in words.PRONOUNS or _has_source_head(short):
        return True
    head = _PREPOSITION.split(short, maxsplit=1)[0]
    parts = [part for part in head.split() if part.lower() not in words.LINKS]
    if not parts or parts[-1].lower() in words.WEEKDAYS | words.DETERMINERS:
        return False
    return re.match(r"(?:[a-z]{1,3}[-’'])?[A-Z]", parts[-1]) is not None


_PREPOSITION: Final = re.compile(r"(?<=\w)\s(?:of|for|at|in|from|on|near|across|inside)\s")


def _is_speaker(phrase: str) -> bool:
    short = _shorten(phrase)
    nobody = words.DETERMINERS | {"there", "which", "what", "who"}
    return bool(short) and (short == "WHO" or short.lower() not in nobody)


def _shorten(phrase: str) -> str:
    """A name without what stands before and after it: "the", "meanwhile", "’s"."""
    short = " ".join(phrase.split())
    short = _LEADING.sub("", short).strip(" ,;:'\"“”")
    short = _TRAILING.sub("", re.sub(r"[’']s?$", "", short))
    return re.sub(r"[’']s?$", "", short)


def _last_name(phrase: str) -> str:
    """The source at the end of what stands before its verb: "buildings Turkish officials"."""
    parts = phrase.split()
    for at, part in enumerate(parts):
        if part[:1].isupper() or part.lower() in words.SOURCE_HEADS:
            return " ".join(parts[at:])
    return parts[-1]


def _find_quotes(document: Document) -> list[Span]:
    """The quotations, each within its paragraph."""
    quotes = []
    for paragraph in document.blocks:
        opened = -1
        for found in re.compile(r"[\"“”]").finditer(document.text, paragraph.start, paragraph.end):
            mark = found.group()
            if opened < 0 and mark != "”":
                opened = found.start()
            elif opened >= 0 and mark != "“":
                quotes.append(Span(opened, found.end()))
                opened = -1
        if opened >= 0:
            quotes.append(Span(opened, paragraph.end))
    return quotes
