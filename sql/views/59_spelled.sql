-- purpose: A pattern for a word of a-z and 0-9 in small or capital letters, with accents or without: where a text has
--          it, the text without its accents and capitals has the word. Reading texts by it is many times faster than
--          rewriting them.
-- grain: a text
-- parameters: word VARCHAR
create or replace macro spelled(word) as
list_aggregate(
    list_transform(
        string_split(word, ''),
        lambda letter: concat(
            '[',
            letter,
            upper(letter),
            list_aggregate(
                list_transform(
                    -- all letters with an accent that are one character lie between À and the Å of the ångström
                    list_filter(
                        range(192, 8492), lambda i: strip_accents(lower(chr(cast(i as integer)))) = letter
                    ),
                    lambda i: chr(cast(i as integer))
                ),
                'string_agg',
                ''
            ),
            ']\p{M}*'
        )
    ),
    'string_agg',
    ''
);
