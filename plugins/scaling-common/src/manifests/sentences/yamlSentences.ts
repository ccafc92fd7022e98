/** What is wrong with the text of a manifest. */
export const YAML_SENTENCES = {
  tooLarge: 'The file is larger than what people write, so it was not read.',
  template:
    'The file is a template that has to be rendered first, so it was not checked; check what it renders to.',
  notYaml: 'The file can’t be read as YAML: {{why}}.',

  K1text:
    '{{field}} is {{written}} without quotes, which readers of YAML 1.1 take for {{readAs}}; write "{{written}}".',
  K1value:
    '{{field}} is {{written}}, which is {{readAs}} to some readers of YAML and something else to others; write {{readAs}}.',
  K1why:
    'YAML 1.1 knows more booleans and numbers than YAML 1.2, and tools differ in which one they read.',
  K2: '{{field}} is {{value}} without quotes, which is no text; write "{{value}}".',
  K2why:
    'The API server takes only texts there, and refuses the whole object for one number or boolean.',
} as const;
