"""The schema, step by step. A step that has landed is never edited; the next one changes it.

SQLite takes the steps through sqlite-utils. PostgreSQL takes the same ones, translated, one process at a time; a step
that only adds leaves older processes running beside newer ones.

Every table that belongs to a forum has the key ``(forum, id)``. Instants are milliseconds since 1970 (UTC), local
days are ISO dates. Records that people rely on (decisions) are kept in versions; nothing here deletes them.
Tables are kept in the order of their key (``without rowid``), and an index that only the start would use is not kept:
every tree that a request touches costs it a page to copy.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from storage.db import NewerSchema, Row, Store

migrations = Migrations("samsyn")

FIRST = """
create table person (
  id integer primary key, name text not null, language text not null default '', created_at bigint not null);

create table account (
  platform text not null, workspace text not null, user_id text not null,
  person bigint not null references person (id), name text not null,
  reachable int not null, seen_at bigint not null,
  primary key (platform, workspace, user_id)) without rowid;
create index account_person on account (person);

create table forum (
  id integer primary key, name text not null, challenge text not null, language text not null,
  zone text not null, amend text not null default 'members', invite text not null, created_at bigint not null);

create table place (
  id integer primary key, forum bigint references forum (id),
  platform text not null, workspace text not null, chat text not null, topic text not null,
  title text not null, language text not null default '', state text not null default 'active',
  unique (platform, workspace, chat, topic));
create index place_forum on place (forum);

create table moved_chat (
  platform text not null, workspace text not null, old_chat text not null, new_chat text not null,
  primary key (platform, workspace, old_chat)) without rowid;

create table counter (
  forum bigint not null, kind text not null, last bigint not null, primary key (forum, kind)) without rowid;

create table actor (
  forum bigint not null references forum (id), id bigint not null,
  name text not null, folded text not null, sector text not null default '', level text not null default '',
  primary key (forum, id), unique (forum, folded)) without rowid;

create table member (
  forum bigint not null references forum (id), id bigint not null,
  person bigint not null references person (id), actor bigint,
  role text not null, state text not null, joined_at bigint not null,
  primary key (forum, id), unique (forum, person)) without rowid;
create index member_person on member (person);

create table decision (
  forum bigint not null references forum (id), id bigint not null,
  year int not null, number int not null, version int not null, state text not null,
  recorded_at bigint not null, recorded_by bigint not null, link text not null,
  replaced_by bigint, primary key (forum, id), unique (forum, year, number)) without rowid;

create table decision_version (
  forum bigint not null, decision bigint not null, version int not null,
  what text not null, why text not null, process text not null, actors text not null, objections text not null,
  owner bigint, follow_up_on text, state text not null, reason text not null,
  by_member bigint not null, at bigint not null,
  primary key (forum, decision, version)) without rowid;

create table action (
  forum bigint not null references forum (id), id bigint not null,
  what text not null, actor bigint, owner bigint, due_on text, state text not null,
  decision bigint, by_member bigint not null, at bigint not null, done_at bigint,
  reminders int not null default 0, note text not null default '', link text not null default '',
  primary key (forum, id)) without rowid;
create index action_open on action (forum, due_on) where state in ('open', 'underway', 'stuck');
create index action_owner on action (forum, owner);
create index action_decision on action (forum, decision);

create table action_event (
  forum bigint not null, action bigint not null, seq bigint not null,
  what text not null, detail text not null, by_member bigint, at bigint not null,
  primary key (forum, action, seq)) without rowid;

create table code (
  hash text primary key, purpose text not null, forum bigint, place bigint, person bigint,
  expires_at bigint not null, used_at bigint, chat_platform text not null default '',
  claim_place bigint, claim_person bigint) without rowid;

create table guess (
  scope text not null, at bigint not null);
create index guess_scope on guess (scope, at);

create table draft (
  platform text not null, workspace text not null, chat text not null, topic text not null, user_id text not null,
  form text not null, answers text not null, step int not null, message text not null, expires_at bigint not null,
  primary key (platform, workspace, chat, topic, user_id)) without rowid;

create table seen (
  key text primary key, at bigint not null) without rowid;

create table outbox (
  id integer primary key, forum bigint, kind text not null,
  platform text not null, workspace text not null, chat text not null, topic text not null,
  person bigint, card_name text not null, card text not null, care text not null, fallback text not null,
  language text not null, zone text not null, replaces text not null, thread text not null, reply_to text not null,
  state text not null, due_at bigint not null, attempts int not null default 0, trouble text not null default '');

create table card_post (
  card_name text not null, platform text not null, workspace text not null, chat text not null, topic text not null,
  forum bigint, person bigint, message text not null,
  primary key (card_name, platform, workspace, chat, topic)) without rowid;

create table timer (
  name text primary key, forum bigint, due_at bigint not null, action text not null,
  grace int not null, late text not null) without rowid;
create index timer_due on timer (due_at);

create table dead_letter (
  id integer primary key, platform text not null, at bigint not null, reason text not null, body text not null);

create table fact (
  name text primary key, value text not null) without rowid;
"""


PULSE = """
create table pulse_round (
  forum bigint not null references forum (id), id bigint not null,
  token text not null, questions text not null, state text not null, opened_by bigint not null,
  opens_at bigint not null, reminds_at bigint not null, closes_at bigint not null, publishes_at bigint not null,
  invited int not null, organisations int not null,
  answered int not null default 0, answered_organisations int not null default 0, led_to text not null default '',
  primary key (forum, id)) without rowid;
create index pulse_round_open on pulse_round (token) where state = 'open';

create table pulse_result (
  forum bigint not null, round bigint not null, question text not null, shown text not null,
  primary key (forum, round, question)) without rowid;

create table pulse_rhythm (
  forum bigint primary key references forum (id), rhythm text not null, turn int not null,
  next_at bigint) without rowid;

create table pulse_question (
  forum bigint not null references forum (id), id bigint not null, version int not null,
  text text not null, retired int not null default 0, primary key (forum, id, version)) without rowid;
"""


AGENDA = """
create table agenda_point (forum bigint not null references forum (id), id bigint not null,\
 what text not null, origin text not null, by_member bigint not null, at bigint not null,\
 state text not null, primary key (forum, id)) without rowid
"""

WORDS = (
    "create virtual table decision_words using fts5 (words, forum unindexed, decision unindexed, detail=none)"
)

WORDS_POSTGRES = """
create table decision_words (
  forum bigint not null, decision bigint not null, words tsvector not null, primary key (forum, decision));
create index decision_words_words on decision_words using gin (words) with (fastupdate = off);
"""

TURNS = """
create table lease (
  name text primary key, holder text not null, fence bigint not null, until bigint not null) without rowid;

create table chat_turn (
  platform text not null, workspace text not null, chat text not null,
  holder text not null, fence bigint not null, until bigint not null,
  recent text not null default '', held_until bigint not null default 0,
  primary key (platform, workspace, chat)) without rowid;

create table platform_pace (
  platform text primary key, recent text not null default '', held_until bigint not null default 0) without rowid;

alter table timer add column taken_until bigint not null default 0;
"""

TURNS_POSTGRES = (
    TURNS
    + """
create index outbox_waiting on outbox (platform, workspace, chat, id) where state in ('new', 'sending');
create index card_post_message on card_post (platform, workspace, chat, message);
"""
)


BALLOTS_POSTGRES = """
create unlogged table ballot_box (token text primary key, salt bytea not null, sealed bytea not null);
create unlogged table ballot_seat (
  token text not null, seat bytea not null, used int not null, primary key (token, seat));
create unlogged table secret_talk (
  person bytea not null, form bytea not null, day int not null, held bytea not null, chosen bytea not null,
  primary key (person, form));
revoke all on ballot_box, ballot_seat, secret_talk from public;
"""
"""With SQLite, ballots lie in a file of their own and secret talks in the memory of the one process."""

TURNS_KNOWN_POSTGRES = """
create unlogged table turns_known (one int primary key check (one = 1), since bigint not null);
insert into turns_known values (1, 0)
"""
"""Unlogged like ``chat_turn``, and empty when that was emptied: by a crash of the server, or by its standby."""

OLD_FORUMS = """
drop index action_open;
drop index action_owner;
create index action_open on action (forum, coalesce(due_on, '9999'), id) where state in ('open', 'underway', 'stuck');
create index action_owner on action (forum, owner, coalesce(due_on, '9999'), id)
  where state in ('open', 'underway', 'stuck');
create index version_owner on decision_version (forum, owner, follow_up_on) where owner is not null;
"""
"""Lists of what is open, or somebody's, cost what they hold, not what the forum has ever decided and done."""


MEETINGS = """
create table meeting_cycle (
  forum bigint not null references forum (id), id bigint not null,
  title text not null, words text not null, rule text not null, first_on text not null,
  begins text not null, minutes int not null, zone text not null, venue text not null,
  sequence int not null default 0, state text not null default 'draft', moves text not null default '{}',
  primary key (forum, id)) without rowid;

create table meeting (
  forum bigint not null references forum (id), id bigint not null,
  cycle bigint, occurs_on text,
  title text not null, begins_at bigint not null, ends_at bigint not null, zone text not null,
  venue text not null default '', sequence int not null default 0, state text not null default 'planned',
  chair bigint, check_in text not null default '', point bigint, point_at bigint,
  opened_at bigint, closed_at bigint, year int, number int,
  by_member bigint, primary key (forum, id), unique (forum, year, number)) without rowid;
create index meeting_begins on meeting (forum, begins_at);
create unique index meeting_occurs on meeting (forum, cycle, occurs_on);

create table attendance (
  forum bigint not null, meeting bigint not null, member bigint not null,
  answer text not null default '', substitute text not null default '',
  present int not null default 0, heard int not null default 0, turn int not null default 0,
  primary key (forum, meeting, member)) without rowid;

alter table agenda_point add column meeting bigint;
alter table agenda_point add column place int not null default 0;
alter table agenda_point add column minutes int not null default 0;
alter table agenda_point add column prepare text not null default '';
alter table agenda_point add column recurring int not null default 0;
alter table agenda_point add column root bigint;
update agenda_point set root = id;
create index agenda_point_root on agenda_point (forum, root, id);
create index agenda_point_meeting on agenda_point (forum, meeting, place);

create table meeting_note (
  forum bigint not null, meeting bigint not null, seq bigint not null,
  point bigint, what text not null, by_member bigint, at bigint not null,
  primary key (forum, meeting, seq)) without rowid;

create table meeting_record (
  forum bigint not null, kind text not null, record bigint not null,
  meeting bigint not null, point bigint, primary key (forum, kind, record)) without rowid;
create index meeting_record_meeting on meeting_record (forum, meeting);

create table presentation (
  forum bigint not null, actor bigint not null, meeting bigint, presented_on text not null default '',
  summary text not null default '', turn bigint not null default 0, by_member bigint, at bigint,
  primary key (forum, actor)) without rowid;

create table decision_round (
  forum bigint not null references forum (id), id bigint not null,
  kind text not null, question text not null, detail text not null default '', options text not null default '[]',
  quorum int not null default 0, per text not null default 'member', advisers text not null default '[]',
  owner bigint not null, meeting bigint, point bigint, phase text not null, state text not null,
  deadline bigint not null, review_on text, reviewed_at bigint, outcome text not null default '', decision bigint,
  by_member bigint not null, at bigint not null, closed_at bigint, version int not null default 1,
  primary key (forum, id)) without rowid;
create index decision_round_open on decision_round (forum, state);

create table round_version (
  forum bigint not null, round bigint not null, version int not null,
  question text not null, detail text not null, by_member bigint not null, at bigint not null,
  primary key (forum, round, version)) without rowid;

create table round_answer (
  forum bigint not null, round bigint not null, voter text not null, version int not null,
  member bigint not null, actor bigint, answer text not null, reason text not null default '',
  day text not null default '', at bigint not null,
  primary key (forum, round, voter, version)) without rowid;

create table round_word (
  forum bigint not null, round bigint not null, seq bigint not null, kind text not null,
  words text not null, reply text not null default '', member bigint not null, actor bigint, at bigint not null,
  primary key (forum, round, seq)) without rowid;

create table meeting_minutes (
  forum bigint not null, meeting bigint not null, state text not null,
  body text not null, fingerprint text not null default '', due_at bigint not null, approved_at bigint,
  primary key (forum, meeting)) without rowid;

create table minutes_answer (
  forum bigint not null, meeting bigint not null, actor bigint not null,
  answer text not null default '', member bigint, at bigint,
  primary key (forum, meeting, actor)) without rowid;

create table minutes_word (
  forum bigint not null, meeting bigint not null, seq bigint not null, kind text not null,
  actor bigint not null, member bigint not null, decision bigint not null, words text not null,
  state text not null default '', late int not null default 0, at bigint not null,
  primary key (forum, meeting, seq)) without rowid;

alter table forum add column confidential int not null default 0;
alter table forum add column feed text not null default '';
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``postgres`` replaces the statements there; ``breaks`` says that older versions cannot go on beside it."""

    name: str
    statements: str
    postgres: str = ""
    breaks: bool = False


STEPS = (
    Step("first", FIRST),
    Step("search", WORDS, WORDS_POSTGRES),
    Step("pulse", PULSE),
    Step("agenda", AGENDA),
    Step("turns", TURNS, TURNS_POSTGRES),
    Step("ballots", "", BALLOTS_POSTGRES),
    Step("old-forums", OLD_FORUMS),
    Step("turns-unlogged", "", "alter table chat_turn set unlogged"),
    Step("turns-known", "", TURNS_KNOWN_POSTGRES),
    Step("meetings", MEETINGS),
)
"""Forums, people, places, decisions, actions and what carries messages · search · the pulse, where nothing is of any
person: who voted lies in the ballots · what is proposed for the next meeting · whose turn it is among several processes
· with PostgreSQL, ballots and what is on its way to them · indexes for forums that have been at work for many years
· with PostgreSQL, when somebody was written to stands in no log, and it is known since when that has been kept
· meetings, what was said and decided there, rounds that decide, minutes and who confirmed them.
"""


def _in_sqlite(step: Step) -> None:
    @migrations(name=step.name)
    def take(db: Database) -> None:
        for each in _each(step.statements):
            db.conn.execute(each)


for _step in STEPS:
    _in_sqlite(_step)


def migrate(db: Database) -> list[str]:
    """Bring a SQLite file up to date; the names of the steps taken."""
    names = [each.name for each in migrations.pending(db)]
    migrations.apply(db)
    return names


# --- PostgreSQL ------------------------------------------------------------------------------------------------

LOCK = 0x5A4D5359
"""Whoever changes the schema holds this; the number means nothing."""
PATIENCE = "60s"
"""How long to wait for another process that changes it."""


def migrate_together(store: Store, *, until: str = "") -> list[str]:
    """Bring a PostgreSQL database up to date, also while others run or migrate; the names of the steps taken.

    ``until`` stops after a step. Raises ``NewerSchema`` when a newer version has left us behind.
    """
    store.run("begin")
    try:
        taken = migrate_within(store, until)
    except BaseException:
        store.run("rollback")
        raise
    store.run("commit")
    return taken


def migrate_within(store: Store, until: str = "") -> list[str]:
    """The same within a transaction that is open already."""
    store.run(f"set local lock_timeout = '{PATIENCE}'")
    store.run("set local statement_timeout = 0")  # a large table takes as long as it takes
    store.one(f"select pg_advisory_xact_lock({LOCK})")
    store.run(
        "create table if not exists schema_step (name text primary key, breaks int not null,"
        " taken_at timestamptz not null default now())"
    )
    _check(store)
    done = {row[0] for row in _taken(store)}
    taken = []
    for step in STEPS:
        if step.name not in done:
            for each in _each(step.postgres or step.statements):
                store.run(_in_postgres(each))
            store.run(
                "insert into schema_step (name, breaks) values (:name, :breaks)",
                name=step.name,
                breaks=int(step.breaks),
            )
            taken.append(step.name)
        if step.name == until:
            break
    return taken


def _taken(store: Store) -> list[Row]:
    return store.all("select name, breaks from schema_step")


def _check(store: Store) -> None:
    known = {each.name for each in STEPS}
    if any(name not in known and breaks for name, breaks in _taken(store)):
        raise NewerSchema("a newer version changed the schema in a way that this one cannot work with")


def _each(statements: str) -> Iterable[str]:
    return filter(None, (each.strip() for each in statements.split(";")))


def _in_postgres(statement: str) -> str:
    """Tables are kept in the order of their key by SQLite alone, and ids without a forum are counted by the server."""
    return statement.replace(" without rowid", "").replace(
        "id integer primary key", "id bigint generated by default as identity primary key"
    )
