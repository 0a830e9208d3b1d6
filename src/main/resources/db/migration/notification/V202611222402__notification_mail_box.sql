-- a mail box of one's own, confirmed by a code before mails go there
alter table notification.address drop constraint address_channel_check;
alter table notification.address add constraint address_channel_ck check (channel in ('MAIL', 'SMS', 'CHAT'));
comment on column notification.address.sealed is 'personal: telephone number, chat id or mail box of a member of staff, encrypted';
