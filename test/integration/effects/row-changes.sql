delete from customers where id = 500
delete from devices
delete from folders
delete from folders where id = 2
delete from orders using customers where customers.id=orders.id
delete from orders where id=1
insert into "Odd ""Schema"."Order" (customer) values (1)
insert into customers select id+1000,null,1 from orders
insert into customers values (1,'z',1) on conflict (id) do update set v=2
insert into customers values (100,'z',1)
insert into orders(id,p_id) values (100,1)
insert into orders(id,p_id,p2) select i,1,1 from generate_series(2000,2010) i
select * from customers for share
select * from customers for update
select * from order_view
select * from orders o, customers p where o.p_id = p.id for update of o
select * into x from customers
select count(*) from orders where id=1
select nextval('numbers')
select setval('numbers', 5)
update customers set v = 1
update customers set v=1
update customers set v=1 where id=1
update devices set a=1
update events set val='b' where id=1
update orders set p_id=2 where id=1
with x as (delete from tokens returning *) insert into folders select id + 1000, null from x
delete from chain_view
delete from chained_view
insert into order_view (id) values (900)
update order_view set nnull = (select 1)
update order_view set nnull = 5 where id = 1
insert into written_view (number, buyer) values (901, 1)
update written_view set buyer = 2 where number = 1
update written_view set number = number + 1000
delete from written_view
merge into chain_view c using tokens t on c.one = t.id when matched then delete
insert into guarded_view (id) values (1)
merge into tokens t using tokens u on t.id = u.id when matched then delete
merge into parcels o using tokens t on o.id = t.id when matched then update set buyer = 2
merge into parcels o using tokens t on o.id = t.id + 5000 when not matched then insert (id, buyer) values (5001, 1)
update guarded_view set id = 7 where id = 7
