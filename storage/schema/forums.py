"""Forums, people, places, decisions, actions, and what carries messages; what is proposed for the next meeting."""

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

WORDS = (
    "create virtual table decision_words using fts5 (words, forum unindexed, decision unindexed, detail=none)"
)

WORDS_POSTGRES = """
create table decision_words (
  forum bigint not null, decision bigint not null, words tsvector not null, primary key (forum, decision));
create index decision_words_words on decision_words using gin (words) with (fastupdate = off);
"""

AGENDA = """
create table agenda_point (forum bigint not null references forum (id), id bigint not null,\
 what text not null, origin text not null, by_member bigint not null, at bigint not null,\
 state text not null, primary key (forum, id)) without rowid
"""

OLD_FORUMS = """
drop index action_open;
drop index action_owner;
create index action_open on action (forum, coalesce(due_on, '9999'), id) where state in ('open', 'underway', 'stuck');
create index action_owner on action (forum, owner, coalesce(due_on, '9999'), id)
  where state in ('open', 'underway', 'stuck');
create index version_owner on decision_version (forum, owner, follow_up_on) where owner is not null;
"""
"""Lists of what is open, or somebody's, cost what they hold, not what the forum has ever decided and done."""

PUBLIC = "alter table place add column public int"
"""Whether anybody can read there; null until that is told."""
