import { declareConformance } from "./conformance.ts";

declareConformance("next");
