// El enlace del correo trae folio y código en el fragmento, que no llega a ningún servidor: los pone y lo borra.
const valores = new URLSearchParams(location.hash.slice(1));
const entrada = document.querySelector("form[data-enlace]");
if (entrada && valores.get("folio") && valores.get("codigo")) {
  for (const campo of ["folio", "codigo"]) entrada.elements[campo].value = valores.get(campo);
  history.replaceState(null, "", location.pathname);
  entrada.querySelector("button").focus();
}
