import { nameOf, SETTINGS, sectionOf, variableOf, type Setting } from './settings.js';

type Json = Readonly<Record<string, unknown>>;

/** The JSON Schema of the configuration file, made from the table of settings; schema/config-1.json is this, written down. */
export function configSchema(): Json {
  const own = SETTINGS.filter((s) => sectionOf(s.key) === null);
  const sections = [...new Set(SETTINGS.map((s) => sectionOf(s.key)).filter((s) => s !== null))];
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'manyhands.config/1',
    title: 'Configuration of manyhands',
    description:
      'manyhands.config.json, .manyhandsrc, or the key "manyhands" of package.json. Paths are relative to the file.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string', description: 'Where this schema is, for editors.' },
      ...Object.fromEntries(own.map((s) => [s.key, propertyOf(s)])),
      ...Object.fromEntries(
        sections.map((section) => [
          section,
          {
            type: 'object',
            description: `Settings of manyhands ${section}.`,
            additionalProperties: false,
            properties: Object.fromEntries(
              SETTINGS.filter((s) => sectionOf(s.key) === section).map((s) => [nameOf(s.key), propertyOf(s)]),
            ),
          },
        ]),
      ),
    },
  };
}

function propertyOf(setting: Setting): Json {
  return {
    description: `${setting.about} Variable: ${variableOf(setting.key)}.`,
    ...(setting.fallback === null ? {} : { default: setting.fallback }),
    ...shapeOf(setting),
  };
}

function shapeOf({ kind, choices = [] }: Setting): Json {
  switch (kind) {
    case 'boolean':
      return { type: 'boolean' };
    case 'count':
      return { type: 'integer', minimum: 0 };
    case 'choice':
      return { type: 'string', enum: choices };
    case 'path':
      return { type: 'string', minLength: 1 };
    case 'formats': {
      const one = { type: 'string', pattern: `^(?:${choices.join('|')})(?:=.+)?$` };
      return { anyOf: [one, { type: 'array', minItems: 1, items: one }] };
    }
    case 'map':
      return {
        type: 'object',
        minProperties: 1,
        additionalProperties: false,
        properties: Object.fromEntries(choices.map((c) => [c, { type: 'string', minLength: 1 }])),
      };
  }
}
