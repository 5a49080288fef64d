import { hintFor } from '../text/nearest.js';
import { visible } from '../text/visible.js';
import type { Setting, Value } from './settings.js';

/** A value, or what is wrong with it. */
export type Checked = { readonly value: Value } | { readonly problem: string; readonly hint: string | null };

const wrong = (problem: string, hint: string | null = null): Checked => ({ problem, hint });

/** Checks a value as JSON gave it. */
export function checkedValue(setting: Setting, given: unknown): Checked {
  switch (setting.kind) {
    case 'boolean':
      return typeof given === 'boolean' ? { value: given } : wrong('must be true or false');
    case 'count':
      return typeof given === 'number' && Number.isSafeInteger(given) && given >= 0
        ? { value: given }
        : wrong('must be a whole number, 0 or more');
    case 'choice':
      return oneOf(setting, given);
    case 'formats':
      return formats(setting, typeof given === 'string' ? [given] : given);
    case 'map':
      return fieldMap(setting, given);
    case 'path':
      return typeof given === 'string' && given !== '' ? { value: given } : wrong('must be a path');
  }
}

/** Checks a value as an environment variable gave it: lists separated by commas, fields as field=name. */
export function checkedText(setting: Setting, text: string): Checked {
  switch (setting.kind) {
    case 'boolean':
      if (/^(?:1|true|yes|on)$/i.test(text)) return { value: true };
      return /^(?:0|false|no|off)$/i.test(text) ? { value: false } : wrong('must be 1 or 0, true or false');
    case 'count':
      return checkedValue(setting, /^\d{1,15}$/.test(text) ? Number(text) : text);
    case 'formats':
      return checkedValue(
        setting,
        text.split(',').map((part) => part.trim()),
      );
    case 'map':
      return checkedValue(
        setting,
        Object.fromEntries(
          text.split(',').map((part) => {
            const [field, ...column] = part.split('=');
            return [field!.trim(), column.join('=').trim()];
          }),
        ),
      );
    default:
      return checkedValue(setting, text);
  }
}

function oneOf({ choices = [] }: Setting, given: unknown): Checked {
  if (typeof given === 'string' && choices.includes(given)) return { value: given };
  const hint = typeof given === 'string' ? hintFor(given, choices, '') : '';
  return wrong(`must be one of: ${choices.join(', ')}`, hint === '' ? null : hint);
}

function formats({ choices = [] }: Setting, given: unknown): Checked {
  if (!Array.isArray(given) || given.length === 0 || !given.every((x) => typeof x === 'string'))
    return wrong('must be a format, or a list of FORMAT or FORMAT=FILE');
  const unknown = given.map((x) => x.split('=', 1)[0]!).find((name) => !choices.includes(name));
  if (unknown !== undefined)
    return wrong(`knows no format "${visible(unknown)}"`, hintFor(unknown, choices, `Formats: ${choices.join(', ')}.`));
  return { value: given };
}

function fieldMap({ choices = [] }: Setting, given: unknown): Checked {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return wrong('must be an object: {"author": "writer"}');
  const out: [string, string][] = [];
  for (const [field, column] of Object.entries(given)) {
    if (!choices.includes(field))
      return wrong(`knows no field "${visible(field)}"`, hintFor(field, choices, `Fields: ${choices.join(', ')}.`));
    if (typeof column !== 'string' || column === '') return wrong(`the name of the field "${field}" must be a text`);
    out.push([field, column]);
  }
  return out.length === 0 ? wrong('names no field') : { value: Object.fromEntries(out) };
}
