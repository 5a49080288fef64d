/** As much of WebAssembly's types as `kernel.ts` needs: Node's own typings leave them to the browser's. */
declare namespace WebAssembly {
  class Memory {
    constructor(options: { readonly initial: number });
    readonly buffer: ArrayBuffer;
  }
  class Module {
    constructor(code: Uint8Array);
    readonly [Symbol.toStringTag]: 'WebAssembly.Module';
  }
  class Instance {
    constructor(module: Module, imports: object);
    readonly exports: object;
  }
}
