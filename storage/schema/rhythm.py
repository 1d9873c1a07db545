"""What reaches a person and when, the weekly digest, wins and thanks, what came of decisions, the leaders' brief."""

BUDGET = """
create table wish (
  person bigint primary key references person (id),
  days text not null, opens text not null, closes text not null, away_until text not null default '',
  nudges int not null default 1, mentions int not null default 1, platform text not null default '',
  digest text not null default 'off', praise text not null default 'ask') without rowid;

create table nudge (
  person bigint not null, forum bigint not null, matter text not null,
  state text not null, card text not null default '', fallback text not null default '', again text not null default '',
  sent int not null default 0, told_on text not null default '', asleep_until text not null default '',
  primary key (person, forum, matter)) without rowid;
create index nudge_matter on nudge (forum, matter);
"""

DIGESTS = """
create table forum_rhythm (
  forum bigint primary key references forum (id),
  digest text not null default 'weekly', weekday int not null default 0, at text not null default '08:30',
  told_until bigint, calm_until text not null default '',
  brief text not null default 'off', briefed_at bigint, hinted_on text not null default '') without rowid;
create index decision_recorded on decision (forum, recorded_at);
create index action_done on action (forum, done_at) where done_at is not null;
create index decision_round_waits on decision_round (forum, deadline) where state = 'open';
create index pulse_round_published on pulse_round (forum, publishes_at);
insert into timer (name, forum, due_at, action, grace, late)
  select id || ':' || 'rhythm', id, 0, 'digests.begin' || ':' || id, 86400, 'ring' from forum;
"""
"""Forums that are there already begin their rhythm at the next start."""

WINS = """
create table win (
  forum bigint not null references forum (id), id bigint not null,
  kind text not null, what text not null, occasion text, action bigint, decision bigint,
  state text not null, by_member bigint, at bigint not null, told_at bigint,
  primary key (forum, id), unique (forum, occasion)) without rowid;
create index win_told on win (forum, told_at);
create index win_at on win (forum, at);

create table win_share (
  forum bigint not null, win bigint not null, actor bigint not null, member bigint not null,
  answer text not null default '', primary key (forum, win, actor, member)) without rowid;
create index win_share_member on win_share (forum, member);

create table decision_outcome (
  forum bigint not null, decision bigint not null, seq bigint not null,
  verdict text not null, day text not null default '',
  again_on text not null default '', by_member bigint not null, at bigint not null,
  primary key (forum, decision, seq)) without rowid;
create index version_follow_up on decision_version (forum, follow_up_on) where follow_up_on is not null;
create index decision_round_decision on decision_round (forum, decision) where decision is not null;
"""

BRIEFS = """
create table brief_reader (
  forum bigint not null, member bigint not null, primary key (forum, member)) without rowid;

create table brief (
  forum bigint not null, id bigint not null, meeting bigint, body text not null, at bigint not null,
  primary key (forum, id)) without rowid;

create table brief_answer (
  forum bigint not null, brief bigint not null, member bigint not null, words text not null, at bigint not null,
  primary key (forum, brief, member)) without rowid;

create table hint (
  forum bigint not null, kind text not null, subject bigint not null,
  told_on text not null, settled int not null default 0, primary key (forum, kind, subject)) without rowid;
"""

MATTERS = "alter table outbox add column matters text not null default ''"
"""What the day's one message tells: each as "forum:matter", with a blank between."""

RHYTHM = BUDGET + DIGESTS + WINS + BRIEFS
