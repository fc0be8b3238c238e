import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReferenceGroup } from "#lib/api-description/reference/reference.ts";
import { API, GROUPS } from "../_reference/api.ts";
import { OperationArticle } from "../_reference/operation-article.tsx";
import { RichText } from "../_reference/rich-text.tsx";

interface GroupPageProps {
  params: Promise<{ group: string }>;
}

export async function generateMetadata({ params }: GroupPageProps): Promise<Metadata> {
  return { title: `${(await findGroup(params)).title}, API reference` };
}

/** What one can do with one kind of thing. */
export default async function GroupPage({ params }: GroupPageProps) {
  const { title, description, operations } = await findGroup(params);
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-1">
        <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
        <RichText text={description} />
      </div>
      {operations.map((operation) => (
        <OperationArticle key={operation.operation.operationId} components={API.components} {...operation} />
      ))}
    </div>
  );
}

async function findGroup(params: GroupPageProps["params"]): Promise<ReferenceGroup> {
  const { group } = await params;
  return GROUPS.find(({ slug }) => slug === group) ?? notFound();
}
