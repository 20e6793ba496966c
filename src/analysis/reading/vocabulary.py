"""The words by which reading goes, in one place: add one here, and it is understood everywhere."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Whoever stands before one of these is the source of what follows, or of what stands before.
SAYING: Final = _words(
    "said says say told tells tell warned warns warn added adds announced announces wrote writes "
    "tweeted claimed claims claim insisted insists insist alleged alleges allege stated states "
    "declared declares acknowledged acknowledges acknowledge conceded admitted admits predicted "
    "predicts predict noted notes stressed explained believes believe maintains argued argues "
    "indicated indicates disclosed revealed reveals asserted posted denied denies deny "
    "thinks think informed specified emphasized emphasised highlighted reiterated underlined "
    "clarified detailed cites "
    "mentioned mentions calculates calculated reckons reckon cautioned rejected rejects"
)

#: Of those, the ones that need no more than a subject; others need one that looks like a source.
ALWAYS_SAYING: Final = _words("said says say told warned added wrote tweeted announced")

#: These need a source that looks like one: "confirmed cases" and "a recorded 12" say nothing of it.
COUNTING: Final = _words(
    "reported reports report estimated estimates estimate confirmed confirms confirm recorded "
    "records record documented documents document verified verifies counted counts count "
    "registered registers tallied put puts forecast forecasts projected projects expects expect "
    "shows showed show found finds listed lists published identified speak speaks "
    "suggests suggested assessed assesses accused accuses plans plan feared fears fear "
    "determined determines hopes hope raised revised updated received issued approved needs "
    "called calls tracked tracks alert alerts alerted spoke spoken identifies aims"
)

#: Agencies whose name before a colon is that of a source, and no heading.
AGENCIES: Final = _words(
    "ocha iom wfp unicef unhcr who fao unfpa undp unrwa ohchr icrc ifrc msf unocha reuters afp ap"
)

#: The heads of what may be a source without a capital letter.
SOURCE_HEADS: Final = _words(
    "official officials ministry minister ministers ministries authority authorities agency "
    "agencies government governments police army military militaries forces spokesman spokesmen "
    "spokeswoman spokesperson spokespersons spokespeople governor mayor president premier general "
    "commander commanders rebels insurgents militants opposition office council councils "
    "commission committee mission service services department departments directorate bureau "
    "hospital hospitals doctors doctor medics medic rescuers witnesses residents activists "
    "activist monitor monitors group groups organization organizations organisation organisations "
    "charity charities observers observer envoy ambassador diplomat diplomats analysts analyst "
    "economists economist experts expert researchers researcher scientists forecasters insurers "
    "institute institution watchdog regulator union network alliance coalition federation company "
    "companies lawyer lawyers prosecutor prosecutors coordinator director chief head leader "
    "leaders statement report reports survey study data figures sources source media partners "
    "partner directors workers secretary-general commissioner commissioners team teams body "
    "cluster clusters cell embassy kremlin pentagon parliament lawmakers lawmaker treasury bank "
    "employers operator administration municipality firefighters investigators intelligence "
    "coastguard coast guard navy survivors survivor relatives villagers eyewitnesses captain "
    "family caller programme program fund observatory broadcaster television tv radio newspaper "
    "channel soldiers troops correspondent reporter reporters officer officers document post "
    "bulletin party assembly secretary spokesmen estimate estimates counterpart state side"
)

#: They pass on what others said; beside another source, that source is the innermost.
RELAYS: Final = (
    *("media", "news agency", "television", "state tv", "state radio", "newspaper"),
    *("broadcaster", "spokesperson", "reuters", "associated press", "anadolu", "sana", "afp"),
    *("cnn", "bbc", "interfax", "xinhua", "tass", "al jazeera", "wafa"),
)

PERSONS: Final = _words("he she him her")
PRONOUNS: Final = _words("he she it they we i him her them")

#: "The agency", "the group": which one is found further up in the text.
ANAPHORS: Final = _words(
    "agency office ministry authority council group organization organisation commission committee "
    "mission service department directorate bureau charity monitor monitors network watchdog body "
    "institute institution bank company union federation coalition army military police government "
    "spokesman spokeswoman spokesperson minister governor mayor president director official doctor "
    "guild cell organisation regulator programme program observatory survey statement report "
    "crescent cross"
)

#: Bodies that a text calls by this word alone, once they were named.
BODIES: Final = _words("agency group organization organisation charity body office mission")

#: Who holds one of these offices speaks for it.
TITLES: Final = _words(
    "president minister spokesman spokeswoman spokesperson governor mayor general director "
    "chief head leader commander ambassador doctor commissioner coordinator secretary-general "
    "premier envoy secretary gov"
)

WEEKDAYS: Final = _words("monday tuesday wednesday thursday friday saturday sunday")

DETERMINERS: Final = _words("the a an its his her their our this that these those one another")

#: Words that end a clause, looking back from a verb.
BREAKS: Final = _words(
    "that and but as while after when because since where which who whom although though if so or "
    "whereas until before what how whether with than nor yet"
)
LINKS: Final = _words(
    "of for at in from on to off near outside inside across & and de al bin del da la el ibn"
)
FINITE: Final = _words(
    "is are was were be been being has have had will would could should may might can did does do "
    "not killed wounded injured died fled left hit struck rose fell remains"
)

#: A point after one of these ends no sentence.
ABBREVIATIONS: Final = _words(
    "mr mrs ms dr prof gen col lt maj capt cmdr brig sgt adm rev hon gov sen rep st ste mt no "
    "nos jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun approx "
    "ca vs etc incl est inc ltd co corp dept div tel art fig para pp vol ed al e.g i.e u.n "
    "u.s u.k e.u a.m p.m d.c"
)

#: Four digits after one of these are a year.
BEFORE_YEAR: Final = _words(
    "in since by until till during of from for early late mid year years before after than "
    "around fiscal spring summer autumn fall winter ending end and to the through between "
    "this season back into"
)

#: Words that end what a figure counts.
NOUN_STOPS: Final = _words(
    "in on at of from to and or with by who that which were was are is be been have has had "
    "for since as after while during per against under over into across between including "
    "among could would will may the a an it its their they he she but when where not said "
    "says killed wounded injured missing displaced affected dead"
)

#: Before a number these are a name, whatever their letters: "room 7", "resolution 2202".
LABELS: Final = _words(
    "phase room annex resolution resolutions article articles flight highway route category "
    "stage chapter section fig nos volume vol channel formula grade boeing airbus gate pier "
    "reactor brigade apartment checkpoint rule version pillar objective outcome indicator "
    "paragraph para paras footnote rocket bbc exhibit apollo sitrep bulletin psalm episode "
    "falcon typhoon hurricane appendix opinion batch pavilion studio barracks ipc"
)

#: Before a number these are a name with a capital letter ("Group 7"), and a noun without.
LABELS_IN_CAPITALS: Final = _words(
    "group top car line unit type part class form force count case mark issue round number "
    "level report update area site camp building station ward zone district road hill wave "
    "act model item note step day week no numbers shelter task operation season kilo box tier "
    "lot protocol schedule block sector table figure edition goal priority hall page pages"
)
