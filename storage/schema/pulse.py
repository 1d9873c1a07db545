"""The pulse, where nothing is of any person: who voted lies in the ballots."""

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
