import type { ErrorCode as YamlCode } from 'yaml';

/** What is wrong with the YAML of a study file, in words of its own: none of the file is repeated. */
const sentences: Partial<Readonly<Record<YamlCode, string>>> = {
  ALIAS_PROPS: 'an alias (*name) takes no anchor or tag',
  BAD_ALIAS: 'an alias or anchor has a name that ends in a colon or is empty',
  BAD_COLLECTION_TYPE: 'a tag of YAML does not fit what follows it',
  BAD_DIRECTIVE: 'a line that begins with % is a directive of YAML, and this is none: put the text between quotes',
  BAD_DQ_ESCAPE: 'a backslash between double quotes begins no escape that YAML knows: use single quotes',
  BAD_INDENT: 'the indentation does not fit the lines around it: the keys of one mapping begin in one column',
  BAD_PROP_ORDER: 'an anchor or a tag stands in the wrong place',
  BAD_SCALAR_START: 'a text cannot begin with this sign (@ ` % and others): put it between quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a colon inside the text makes a mapping within a line: put the text between quotes',
  BLOCK_IN_FLOW: 'between { } or [ ] no list or mapping by indentation can stand',
  DUPLICATE_KEY: 'this key is there twice in its mapping',
  KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters: is a quotation mark or a colon missing?',
  MISSING_CHAR: 'a closing sign, a comma or a colon is missing: a quotation mark, a bracket, or a blank behind a colon',
  MULTILINE_IMPLICIT_KEY: 'a key stands on one line, with its colon',
  MULTIPLE_ANCHORS: 'a value takes one anchor (&name)',
  MULTIPLE_DOCS: 'the file holds more than one document (---): keep one',
  MULTIPLE_TAGS: 'a value takes one tag (!name)',
  NON_STRING_KEY: 'a key must be a plain text',
  RESOURCE_EXHAUSTION: 'the file is nested too deeply',
  TAB_AS_INDENT: 'a tab stands where lines are indented: use blanks',
  TAG_RESOLVE_FAILED: 'a tag (!name) of YAML that is not known here: put a text that begins with ! between quotes',
  UNEXPECTED_TOKEN:
    'a sign stands where none is expected: put a text with [ ] { } , : # or quotation marks between quotes',
};

export function yamlFault(code: YamlCode): string {
  return sentences[code] ?? 'this is no YAML';
}
