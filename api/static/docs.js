"use strict";
const target = document.querySelector("#swagger-ui");
SwaggerUIBundle({ url: target.dataset.openapi, domNode: target, deepLinking: true, validatorUrl: null });
