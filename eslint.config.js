import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'fixtures/', 'node_modules/', 'bench-results/'] },
  ...tseslint.configs.strict,
  {
    rules: {
      // The bare import prints to stdout, reads ./.env and loads three database drivers.
      'no-restricted-imports': ['error', { paths: ['natural'] }],
      'max-lines': ['error', { max: 320, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
);
