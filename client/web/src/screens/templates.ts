/** [TMPL1] The templates that the server has, as the front door offers them. `minutes`: of all steps together. */
export const TEMPLATES = [
  { id: 'tough-issues', minutes: 240, name: 'template.tough', line: 'template.toughLine' },
  { id: 'quick', minutes: 60, name: 'template.quick', line: 'template.quickLine' },
  { id: 'retrospective', minutes: 60, name: 'template.retro', line: 'template.retroLine' },
  { id: '1-2-4-all', minutes: 35, name: 'template.all', line: 'template.allLine' },
  { id: 'swot', minutes: 80, name: 'template.swot', line: 'template.swotLine' },
] as const;
