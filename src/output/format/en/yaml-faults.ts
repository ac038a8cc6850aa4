/** What is wrong with the YAML of a file, English. */
export const yamlFaultsEn = {
  'yaml.alias_props': 'an alias (*name) takes no anchor or tag',
  'yaml.bad_alias': 'an alias or anchor has a name that ends in a colon or is empty',
  'yaml.bad_collection_type': 'a tag of YAML does not fit what follows it',
  'yaml.bad_directive':
    'a line that begins with % is a directive of YAML, and this is none: put the text between quotes',
  'yaml.bad_dq_escape': 'a backslash between double quotes begins no escape that YAML knows: use single quotes',
  'yaml.bad_indent': 'the indentation does not fit the lines around it: the keys of one mapping begin in one column',
  'yaml.bad_prop_order': 'an anchor or a tag stands in the wrong place',
  'yaml.bad_scalar_start': 'a text cannot begin with this sign (@ ` % and others): put it between quotes',
  'yaml.block_as_implicit_key': 'a colon inside the text makes a mapping within a line: put the text between quotes',
  'yaml.block_in_flow': 'between { } or [ ] no list or mapping by indentation can stand',
  'yaml.duplicate_key': 'this key is there twice in its mapping',
  'yaml.key_over_1024_chars': 'a key is longer than 1024 characters: is a quotation mark or a colon missing?',
  'yaml.missing_char':
    'a closing sign, a comma or a colon is missing: a quotation mark, a bracket, or a blank behind a colon',
  'yaml.multiline_implicit_key': 'a key stands on one line, with its colon',
  'yaml.multiple_anchors': 'a value takes one anchor (&name)',
  'yaml.multiple_docs': 'the file holds more than one document (---): keep one',
  'yaml.multiple_tags': 'a value takes one tag (!name)',
  'yaml.non_string_key': 'a key must be a plain text',
  'yaml.resource_exhaustion': 'the file is nested too deeply',
  'yaml.tab_as_indent': 'a tab stands where lines are indented: use blanks',
  'yaml.tag_resolve_failed':
    'a tag (!name) of YAML that is not known here: put a text that begins with ! between quotes',
  'yaml.unexpected_token':
    'a sign stands where none is expected: put a text with [ ] { } , : # or quotation marks between quotes',
  'yaml.not_yaml': 'this is no YAML',
  'yaml.foreign_keys': 'none of its keys is one of this kind of file, which has {known}',
  'yaml.no_mapping': 'this is no file of keys and values: expected a mapping such as kaya: 1, found {found}',
  'yaml.scalar': 'a text without keys',
  'yaml.kept_key': 'a key cannot be __proto__',
  'yaml.alias_lost': 'the alias *{name} names no anchor (&{name}) that stands before it',
  'yaml.alias_circle': 'the alias *{name} stands inside its own anchor (&{name}): the value would hold itself',
  'yaml.merge_key': 'a merge key (<<) is not read: write these keys out, or use an alias for a whole value',
} as const;
