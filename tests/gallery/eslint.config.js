import js from "@eslint/js";
import globals from "globals";
import ts from "typescript-eslint";

export default ts.config({ ignores: ["node_modules"] }, js.configs.recommended, ts.configs.strict, {
  languageOptions: { globals: { ...globals.node, ...globals.browser } },
  rules: {
    eqeqeq: "error",
    "no-restricted-syntax": [
      "error",
      {
        selector: "CallExpression[callee.property.name='waitForTimeout']",
        message: "Wait for a condition, not for time.",
      },
    ],
  },
});
