// Corre el motor del buscador fuera del navegador: lee el encargo por la entrada y responde en JSON.
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { pathToFileURL } from "node:url";

const trozos = [];
for await (const trozo of process.stdin) trozos.push(trozo);
const encargo = JSON.parse(Buffer.concat(trozos));
const traer = (nombre) => import(pathToFileURL(`${encargo.tema}/${nombre}.js`));
const [{ Buscador }, { decodificar }, texto, { raizDe }] = await Promise.all(
  ["buscar_motor", "buscar_indice", "buscar_palabras", "snowball"].map(traer),
);

async function responder(pedido) {
  let bytes = 0;
  const leer = async (ruta) => {
    const archivo = await readFile(`${encargo.indice}/${ruta}`);
    bytes += gzipSync(archivo, { level: 6 }).length;
    return JSON.parse(archivo);
  };
  const buscador = new Buscador(leer, () => new Date(encargo.ahora));
  const hallado = await buscador.buscar({ aMedias: true, ...pedido });
  const registros = await buscador.registros(hallado.numeros.slice(0, 10));
  return {
    total: hallado.numeros.length,
    rutas: registros.map((r) => r.ruta),
    titulos: registros.map((r) => r.titulo),
    tipos: registros.map((r) => r.tipo.grupo),
    porTipo: Object.fromEntries(hallado.porTipo.map((t) => [t.clave, t.cuantos])),
    corregidas: hallado.corregidas,
    todas: hallado.todas,
    bytes,
  };
}

const respuesta = {
  pedidos: await Promise.all((encargo.pedidos ?? []).map(responder)),
  palabras: (encargo.palabras ?? []).map((p) => [texto.palabras(p), texto.llano(p), texto.sonido(texto.llano(p)), raizDe(p)]),
  listas: (encargo.listas ?? []).map(decodificar),
};
process.stdout.write(JSON.stringify(respuesta));
