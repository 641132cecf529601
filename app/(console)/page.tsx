import { redirect } from "next/navigation";
import { routes } from "../_lib/routes.ts";

export default function HomePage() {
  redirect(routes.tasks());
}
