/** In place of `@rjsf/validator-ajv8`, which only the library's own tests use: it compiles code, and our policy forbids that. */
export default null;
