/** Our validator as the library wants one: faults of `faults.ts` in the page's words. */
import { createErrorHandler, type ErrorSchema, ErrorSchemaBuilder, toErrorList, unwrapErrorHandler, validationDataMerge, type ValidatorType } from '@rjsf/utils';
import type { Answers, Field } from '../types';
import { type Fault, faultsOf } from './faults';

/** say: a fault in words. */
export function validatorFor(say: (fault: Fault) => string): ValidatorType<Answers> {
  const raw = (schema: object, answers: unknown): Fault[] => faultsOf(schema as Field, answers ?? {});
  return {
    isValid: (schema, answers) => faultsOf(schema as Field, answers).length === 0,
    rawValidation: <Result>(schema: object, answers?: Answers) => ({ errors: raw(schema, answers) as Result[] }),
    validateFormData(answers, schema, customValidate, _, uiSchema) {
      const builder = new ErrorSchemaBuilder<Answers>();
      for (const fault of raw(schema, answers)) builder.addErrors(say(fault), fault.path);
      const found = { errors: toErrorList(builder.ErrorSchema), errorSchema: builder.ErrorSchema as ErrorSchema<Answers> };
      if (!customValidate) return found;
      const own = customValidate(answers, createErrorHandler<Answers>(answers ?? {}), uiSchema);
      return validationDataMerge(found, unwrapErrorHandler(own));
    },
  };
}
