"""Meetings, what was said and decided there, rounds that decide, minutes and who confirmed them."""

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
create index meeting_open on meeting (forum) where state = 'open';
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
alter table agenda_point add column done_at bigint;
update agenda_point set root = id;
create index agenda_point_root on agenda_point (forum, root, id);
create index agenda_point_state on agenda_point (forum, state);
create index agenda_point_origin on agenda_point (forum, origin);
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
