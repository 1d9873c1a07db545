"""Whose turn it is among several processes, and how fast a chat may be written to."""

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

TURNS_KNOWN_POSTGRES = """
create unlogged table turns_known (one int primary key check (one = 1), since bigint not null);
insert into turns_known values (1, 0)
"""
"""Unlogged like ``chat_turn``, and empty when that was emptied: by a crash of the server, or by its standby."""
