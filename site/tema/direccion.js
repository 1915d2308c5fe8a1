// La página con errores contesta a un envío. Toma la dirección de su paso: «atrás» y «recargar» no preguntan si se reenvía.
"use strict";

history.replaceState(null, "", document.currentScript.dataset.direccion);
