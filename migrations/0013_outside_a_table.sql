-- Somebody whom a table is not for is referred: the table is named, and there is no amount.
alter table openras.allocation
  drop constraint allocation_money_whole,
  add constraint allocation_money_whole check (
    (outcome = 'not-eligible') = (table_key is null)
    and (outcome = 'refer-individual-costing' or (outcome = 'not-eligible') = (amount_annual is null))
    and (amount_annual is null) = (contingency_annual is null)
    and (amount_annual is null) = (amount_weekly is null)
    and available_annual + contingency_annual is not distinct from amount_annual
  );
