-- purpose: A link that makes a browser scroll to some words and mark them; null without a link.
-- grain: a text
-- parameters: url VARCHAR, words VARCHAR
create or replace macro text_fragment(url, words) as
case
    when contains(url, '#') then concat(url, ':~:text=', replace(url_encode(words), '-', '%2D'))
    when url is not null then concat(url, '#:~:text=', replace(url_encode(words), '-', '%2D'))
end;
