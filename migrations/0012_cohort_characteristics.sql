-- What a cohort declares of its people, in codes with their titles, for the effects alone; and between which days its
-- cases were collected. Who has which value stands in the payloads of the parts, like everything about a person.
alter table openras.cohort
  add column characteristics jsonb not null default '[]',
  add column collected_from date,
  add column collected_before date;
