/** A command as a completion script needs it. */
export interface CommandShape {
  readonly name: string;
  readonly about: string;
  /** Words its argument can be; files where there are none. */
  readonly words: readonly string[];
  readonly options: readonly {
    readonly long: string;
    readonly short: string | null;
    readonly about: string;
    /** What its value is called; null for a switch. */
    readonly takes: string | null;
    readonly values: readonly string[];
  }[];
}

/** Values that are names of files. */
const FILES: ReadonlySet<string> = new Set(['file', 'path', 'keyfile', 'ref', 'reference', 'folder']);

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

export function bash(commands: readonly CommandShape[]): string {
  const values = commands.flatMap((c) => [
    ...c.options
      .filter((o) => o.values.length > 0)
      .map((o) => {
        const names = [o.long, ...(o.short === null ? [] : [o.short])];
        return `    ${names.map((n) => `'${c.name} ${n}'`).join('|')}) words=${quoted(o.values.join(' '))} ;;`;
      }),
    ...(c.words.length > 0 ? [`    '${c.name} ${c.name}') words=${quoted(c.words.join(' '))} ;;`] : []),
  ]);
  const flags = commands.map((c) => {
    const names = c.options.flatMap((o) => (o.short === null ? [o.long] : [o.long, o.short]));
    return `    ${c.name}) words=${quoted(names.join(' '))} ;;`;
  });
  return `# Completion of manyhands for bash. Load it: source <(manyhands completion bash)
_manyhands() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} words=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${[...commands.map((c) => c.name), '--help', '--version'].join(' ')}' -- "$cur"))
    return
  fi
  # bash makes "=" a word of its own: --format=json
  if [ "$cur" = '=' ]; then cur=; elif [ "$prev" = '=' ]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  case "\${COMP_WORDS[1]} $prev" in
${values.join('\n')}
  esac
  if [ -z "$words" ] && [ "\${cur:0:1}" = '-' ]; then
    case "\${COMP_WORDS[1]}" in
${flags.map((f) => `  ${f}`).join('\n')}
    esac
  fi
  # Nothing here: bash completes names of files.
  if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$cur")); fi
}
complete -o default -F _manyhands manyhands
`;
}

export function zsh(commands: readonly CommandShape[]): string {
  const spec = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&');
  const option = (o: CommandShape['options'][number]): string => {
    const value = o.values.length > 0 ? `(${o.values.join(' ')})` : FILES.has(o.takes ?? '') ? '_files' : ' ';
    const rest = `[${spec(o.about)}]${o.takes === null ? '' : `:${spec(o.takes)}:${value}`}`;
    return (o.short === null ? [o.long] : [o.short, o.long]).map((n) => quoted(`*${n}${rest}`)).join(' ');
  };
  const cases = commands.map((c) => {
    const rest = c.words.length > 0 ? `'*:word:(${c.words.join(' ')})'` : "'*:file:_files'";
    return `    ${c.name})\n      _arguments ${[...c.options.map(option), rest].join(' \\\n        ')} ;;`;
  });
  return `#compdef manyhands
# Completion of manyhands for zsh. Write it to a file _manyhands in a folder of $fpath, or: source <(manyhands completion zsh)
_manyhands() {
  local -a commands
  commands=(
${commands.map((c) => `    ${quoted(`${c.name}:${c.about.replaceAll(':', '\\:')}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _manyhands ]; then _manyhands "$@"; else compdef _manyhands manyhands; fi
`;
}

export function fish(commands: readonly CommandShape[]): string {
  const text = (value: string): string => `'${value.replace(/['\\]/g, '\\$&')}'`;
  const lines = commands.flatMap((c) => {
    const when = `complete -c manyhands -n '__fish_seen_subcommand_from ${c.name}'`;
    return [
      `complete -c manyhands -n __fish_use_subcommand -f -a ${c.name} -d ${text(c.about)}`,
      ...(c.words.length > 0 ? [`${when} -f -a ${text(c.words.join(' '))}`] : []),
      ...c.options.map((o) => {
        const short = o.short === null ? '' : ` -s ${o.short.slice(1)}`;
        const value =
          o.values.length > 0 ? ` -x -a ${text(o.values.join(' '))}` : FILES.has(o.takes ?? '') ? ' -r' : ' -x';
        return `${when} -l ${o.long.slice(2)}${short}${o.takes === null ? '' : value} -d ${text(o.about)}`;
      }),
    ];
  });
  return `# Completion of manyhands for fish. Write it to ~/.config/fish/completions/manyhands.fish\n${lines.join('\n')}\n`;
}
