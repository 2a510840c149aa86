-- Two roles and a database, called once as an administrator of PostgreSQL 15 or newer:  psql -f deploy/database.sql
-- Set both passwords afterwards:  psql -c '\password gongzhi_owner' -c '\password gongzhi_web'
CREATE ROLE gongzhi_owner LOGIN;
CREATE ROLE gongzhi_web LOGIN;
ALTER ROLE gongzhi_web SET statement_timeout = '5min';
ALTER ROLE gongzhi_web SET idle_in_transaction_session_timeout = '1min';
-- A UTF-8 locale: under C no part of a Chinese word is found.
CREATE DATABASE gongzhi OWNER gongzhi_owner TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';
REVOKE ALL ON DATABASE gongzhi FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE gongzhi TO gongzhi_web;
